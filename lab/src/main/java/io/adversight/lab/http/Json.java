package io.adversight.lab.http;

import io.adversight.input.InputException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON and back, within limits. */
public final class Json {
  /** The longest JSON that is read: a state, a form or a specification. */
  public static final int LONGEST = 4 << 20;

  private static final long DRAINED = 256L << 20;
  private static final JsonMapper MAPPER =
      io.adversight.text.Json.builder().disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).build();

  private Json() {}

  /** A value as JSON. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** A value as a tree of JSON. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * The value that some JSON stands for.
   *
   * @throws IllegalArgumentException if a field that must be there is missing or null
   */
  public static <T> T read(String json, Class<T> type) {
    return Complete.checked(MAPPER.readValue(json, type), type);
  }

  /**
   * The value that a part of some JSON stands for.
   *
   * @throws IllegalArgumentException if a field that must be there is missing or null
   */
  public static <T> T read(JsonNode json, Class<T> type) {
    return Complete.checked(MAPPER.treeToValue(json, type), type);
  }

  /** Some JSON as a tree. */
  public static JsonNode tree(String json) {
    return MAPPER.readTree(json);
  }

  /** The value in the body of a request. */
  public static <T> T body(Context ctx, Class<T> type) {
    String text = new String(bytes(ctx, LONGEST, "the request"), StandardCharsets.UTF_8);
    if (text.isBlank()) {
      throw new InputException("the request needs a body of JSON");
    }
    return read(text, type);
  }

  /**
   * The bytes in the body of a request.
   *
   * @param what the bytes are called in a message
   * @throws HttpStatusException if there are more than {@code most}, or the client breaks off or
   *     sends chunks that are none
   */
  public static byte[] bytes(Context ctx, long most, String what) {
    try {
      InputStream body = ctx.req().getInputStream();
      if (ctx.req().getContentLengthLong() > most) {
        throw drained(body, most, what);
      }
      byte[] bytes = body.readNBytes(Math.toIntExact(most + 1));
      if (bytes.length > most) {
        throw drained(body, most, what);
      }
      return bytes;
    } catch (IOException e) {
      throw brokenOff();
    }
  }

  /**
   * Writes the body of a request into a file, so that it takes no memory.
   *
   * @param what the bytes are called in a message
   * @return how many there were
   * @throws HttpStatusException if there are more than {@code most}, or the client breaks off
   * @throws UncheckedIOException if the file cannot be written
   */
  public static long spool(Context ctx, long most, String what, Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      long total = 0;
      InputStream body = ctx.req().getInputStream();
      for (int n = received(body, buffer); n >= 0; n = received(body, buffer)) {
        total += n;
        if (total > most || ctx.req().getContentLengthLong() > most) {
          throw drained(body, most, what);
        }
        out.write(buffer, 0, n);
      }
      return total;
    } catch (IOException e) {
      throw new UncheckedIOException("what was sent cannot be kept", e);
    }
  }

  private static int received(InputStream body, byte[] buffer) {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw brokenOff();
    }
  }

  private static HttpStatusException brokenOff() {
    return new HttpStatusException(400, "the request broke off before its end; send it again");
  }

  /** Reads the rest of the body, within limits, so that the client receives the error. */
  private static HttpStatusException drained(InputStream body, long most, String what)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = DRAINED;
    for (int n = 0; n >= 0 && left > 0; left -= n) {
      n = body.read(buffer);
    }
    return HttpStatusException.tooLarge(
        String.format(Locale.ROOT, "%s has more than the %,d bytes that are allowed", what, most));
  }

  /** Answers with JSON. */
  public static void answer(Context ctx, Object value) {
    ctx.contentType("application/json; charset=utf-8").result(write(value));
  }
}
