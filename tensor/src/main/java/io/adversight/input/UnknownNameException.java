package io.adversight.input;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A name that came from outside and that nothing has; the message is one line that names what there
 * is. Like {@link InputException} it is shown to the user without a stack trace.
 */
public final class UnknownNameException extends NoSuchElementException {
  private static final long serialVersionUID = 1L;

  /** {@code message} is for the user. */
  public UnknownNameException(String message) {
    super(OneLine.of(message));
  }

  /** {@code message} is for the user. */
  public UnknownNameException(@Nullable String message, @Nullable Throwable cause) {
    super(OneLine.of(message), cause);
  }
}
