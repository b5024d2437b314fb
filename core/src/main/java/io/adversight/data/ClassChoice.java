package io.adversight.data;

/**
 * A class as a person names it.
 *
 * @param text an index or a name
 * @param by what the text is; {@link By#EITHER} where the person did not say
 */
public record ClassChoice(String text, By by) {
  /** What the text is. */
  public enum By {
    /** A name if a class has exactly this one, else an index where it is a number. */
    EITHER,
    /** An index, whatever the classes are called. */
    INDEX,
    /** A name, even if it looks like a number. */
    NAME
  }

  /** An index or a name. */
  public static ClassChoice either(String text) {
    return new ClassChoice(text, By.EITHER);
  }
}
