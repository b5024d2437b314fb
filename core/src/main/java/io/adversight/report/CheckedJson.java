package io.adversight.report;

import io.adversight.text.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON objects in one line that carry a checksum of themselves (CRC-32, eight hexadecimal digits,
 * as the last field {@code check}): what was not written whole, or was damaged since, is told from
 * what counts.
 */
public final class CheckedJson {
  private static final String FIELD = ",\"check\":\"%s\"}";
  private static final Pattern LINE = Pattern.compile("(\\{.+),\"check\":\"([0-9a-f]{8})\"\\}");

  private CheckedJson() {}

  /** The line of an object with at least one field, without its end. */
  public static String line(ObjectNode node) {
    String text = Json.MAPPER.writeValueAsString(node);
    String start = text.substring(0, text.length() - 1);
    return start + FIELD.formatted(checksum(start));
  }

  /** The object of a line, without the checksum; empty if the line is not one. */
  public static Optional<ObjectNode> read(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches() || !checksum(matcher.group(1)).equals(matcher.group(2))) {
      return Optional.empty();
    }
    try {
      JsonNode node = Json.MAPPER.readTree(matcher.group(1) + "}");
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static String checksum(String text) {
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", sum.getValue());
  }
}
