package io.adversight.lab.http;

import io.adversight.graph.ModelFormatException;
import io.adversight.home.FetchException;
import io.adversight.image.ImageFormatException;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.tensor.TensorException;
import io.javalin.http.HttpResponseException;
import java.nio.file.InvalidPathException;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.http.HttpException;
import tools.jackson.core.JacksonException;

/**
 * The message for a user when something goes wrong: one plain sentence, never a stack trace, and no
 * path of this machine.
 *
 * @param error the sentence
 */
public record Failure(String error) {
  private static final int LONGEST = 600;

  /** The HTTP status of a failure and its body. */
  public record Reply(int status, Failure failure) {
    /** Whether the program is to blame, not the request and not the load. */
    public boolean isOurs() {
      return status == 500;
    }
  }

  /** The response to {@code error}. */
  public static Reply of(Throwable error) {
    if (error instanceof HttpStatusException rejected) {
      return reply(rejected.status(), rejected);
    }
    if (error instanceof HttpResponseException known) {
      return reply(known.getStatus(), known);
    }
    if (error instanceof JacksonException json) {
      return reply(400, UnreadableJson.explained(json));
    }
    if (error instanceof HttpException http) {
      String reason = http.getReason() == null ? "the request cannot be read" : http.getReason();
      return reply(http.getCode(), reason);
    }
    if (error instanceof ImageFormatException image && image.isTooLarge()) {
      return reply(413, error);
    }
    if (error instanceof InputException
        || error instanceof InvalidPathException
        || error instanceof ImageFormatException
        || error instanceof ModelFormatException) {
      return reply(400, error);
    }
    if (error instanceof UnknownNameException) {
      return reply(404, error);
    }
    if (error instanceof FetchException) {
      return reply(502, error);
    }
    if (error instanceof CancellationException) {
      return new Reply(503, new Failure("the work was cancelled"));
    }
    if (error instanceof TensorException.OutOfMemory || error instanceof OutOfMemoryError) {
      return new Reply(503, new Failure("the memory does not suffice for this; try less at once"));
    }
    return new Reply(500, new Failure("an error inside the program"));
  }

  private static Reply reply(int status, Throwable error) {
    return reply(status, String.valueOf(error.getMessage()));
  }

  private static Reply reply(int status, String sentence) {
    String message = LocalPaths.hiddenIn(sentence.replace('\n', ' '));
    return new Reply(
        status,
        new Failure(message.length() > LONGEST ? message.substring(0, LONGEST) + " ..." : message));
  }
}
