package dev.glia.studio.settings;

import dev.glia.model.SettingKind;

/** Values of what makes the data, as texts: in the form that settings have. */
public final class Values {

  private static final SettingKind.Seed WHOLE = new SettingKind.Seed();
  private static final SettingKind.Real NUMBER = SettingKind.Real.from(Double.NEGATIVE_INFINITY);

  private Values() {}

  static long whole(String text) {
    return WHOLE.read(text);
  }

  static double number(String text) {
    return NUMBER.read(text);
  }

  static boolean truth(String text) {
    return new SettingKind.Truth().read(text);
  }

  /** The shortest digits that read back as the same number. */
  public static String text(double number) {
    return NUMBER.write(number);
  }
}
