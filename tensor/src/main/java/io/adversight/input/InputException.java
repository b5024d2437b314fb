package io.adversight.input;

import org.jspecify.annotations.Nullable;

/**
 * A value, a file or a combination of options that came from outside and cannot be used. The
 * message is one line that says what was expected, what came and what to do.
 *
 * <p>Whoever meets it tells the user and shows no stack trace. A plain {@link
 * IllegalArgumentException} is a call by this program that breaks a contract: a fault of the
 * program.
 */
public final class InputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** {@code message} is for the user. */
  public InputException(String message) {
    super(OneLine.of(message));
  }

  /** {@code message} is for the user. */
  public InputException(@Nullable String message, @Nullable Throwable cause) {
    super(OneLine.of(message), cause);
  }
}
