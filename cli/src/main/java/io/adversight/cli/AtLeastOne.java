package io.adversight.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of things, checked where the command line is read: at least one. */
final class AtLeastOne implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new TypeConversionException(wanted(text));
    }
    throw new TypeConversionException(wanted(text));
  }

  private static String wanted(String text) {
    return "must be a whole number of at least 1, but was \"%s\"".formatted(text);
  }
}
