package dev.glia.cli;

import dev.glia.compute.KernelChoice;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: Glia, the kernel chosen here, and Java. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }

  static String line() {
    return "glia %s (%s kernel, Java %s)"
        .formatted(number(), KernelChoice.AUTO.implementation(), Runtime.version());
  }

  /** The jar's version; a build that is not a jar has none. */
  static String number() {
    Module module = Version.class.getModule();
    String version =
        module.isNamed()
            ? module.getDescriptor().rawVersion().orElse(null)
            : Version.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
