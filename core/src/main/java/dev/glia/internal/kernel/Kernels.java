package dev.glia.internal.kernel;

/** The one place where a kernel is chosen. */
public final class Kernels {

  private static final String MODULE = "jdk.incubator.vector";
  private static final Kernel SCALAR = new ScalarKernel();

  private Kernels() {}

  /** The fastest kernel that this JVM can run. */
  public static Kernel fastest() {
    return vectorModulePresent() ? Fast.KERNEL : SCALAR;
  }

  /** The plain loops. */
  public static Kernel scalar() {
    return SCALAR;
  }

  /**
   * The Vector API kernel.
   *
   * @throws IllegalStateException if the JVM was started without it, with the flag that mends it
   */
  public static Kernel vector() {
    if (!vectorModulePresent()) {
      throw new IllegalStateException(
          "The vector kernel needs the module "
              + MODULE
              + ": start Java with --add-modules "
              + MODULE
              + ", or take the scalar kernel, which gives the same numbers.");
    }
    return Fast.KERNEL;
  }

  /**
   * The kernel of a name: AUTO (the fastest), VECTOR or SCALAR.
   *
   * @throws IllegalStateException if the JVM does not have it
   * @throws IllegalArgumentException if there is none
   */
  public static Kernel named(String name) {
    return switch (name) {
      case "AUTO" -> fastest();
      case "VECTOR" -> vector();
      case "SCALAR" -> scalar();
      default -> throw new IllegalArgumentException("There is no kernel " + name + ".");
    };
  }

  private static boolean vectorModulePresent() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /** Holds the vector kernel, so that its classes load only where the module is there. */
  private static final class Fast {
    static final Kernel KERNEL = new VectorKernel();
  }
}
