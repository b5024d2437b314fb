package io.adversight.tensor;

import org.jspecify.annotations.Nullable;

/** A tensor operation that could not be done; the message is the engine's, in one line. */
public class TensorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What ONNX Runtime puts before its messages. */
  private static final String ERROR_CODE = "^Error code - \\w+ - message: ";

  TensorException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** There was not enough memory for the result: try a smaller batch. */
  public static final class OutOfMemory extends TensorException {
    private static final long serialVersionUID = 1L;

    OutOfMemory(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** What an engine or JavaCPP threw, as one of ours; the C++ stack trace is cut off. */
  static TensorException translate(Throwable thrown) {
    String text = String.valueOf(thrown.getMessage());
    String line = text.lines().findFirst().orElse(text).strip().replaceFirst(ERROR_CODE, "");
    if (thrown instanceof OutOfMemoryError
        || text.contains("can't allocate memory")
        || text.contains("not enough memory")
        || text.contains("out of memory")
        || text.contains("bad allocation")
        || text.contains("Failed to allocate memory")) {
      return new OutOfMemory("not enough memory for this batch: " + line, thrown);
    }
    return new TensorException(line, thrown);
  }
}
