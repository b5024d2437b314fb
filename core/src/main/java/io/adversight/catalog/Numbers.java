package io.adversight.catalog;

/** Numbers as people write them. */
public final class Numbers {
  private Numbers() {}

  /**
   * Reads {@code 0.03}, {@code 1e-3} or a fraction such as {@code 8/255}.
   *
   * @throws NumberFormatException if the text is none of these
   */
  public static double read(String text) {
    int slash = text.indexOf('/');
    double value =
        slash < 0
            ? plain(text)
            : plain(text.substring(0, slash)) / plain(text.substring(slash + 1));
    if (!Double.isFinite(value)) {
      throw new NumberFormatException("\"%s\" is not a finite number".formatted(text));
    }
    return value;
  }

  private static double plain(String text) {
    if (!text.strip().matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
      throw new NumberFormatException("\"%s\" is not a number".formatted(text));
    }
    return Double.parseDouble(text.strip());
  }
}
