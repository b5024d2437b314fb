package io.adversight.report;

import io.adversight.study.image.ImageIdentity;
import io.adversight.study.image.InputImage;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The image that results were made of, as they tell it.
 *
 * @param file where it came from, in words
 * @param identity what tells it from others of its name
 */
record RecordedImage(String file, ImageIdentity identity) {
  private static final String FILE = "file";
  private static final String HASH = "sha256";
  private static final String LABEL = "givenLabel";

  /** Adds to an image's results what they were made of. */
  static void put(InputImage image, ObjectNode results) {
    results.put(FILE, image.file());
    results.put(HASH, image.sha256());
    image.label().ifPresent(label -> results.put(LABEL, label));
  }

  static RecordedImage of(JsonNode results) {
    String file = results.path(FILE).asString("");
    String hash = results.path(HASH).asString("");
    OptionalInt label =
        results.has(LABEL) ? OptionalInt.of(results.path(LABEL).asInt()) : OptionalInt.empty();
    return new RecordedImage(file, new ImageIdentity(hash.isEmpty() ? file : hash, label));
  }

  /** What these are results of, where those of {@code wanted} were looked for. */
  String unlike(ImageIdentity wanted, String name) {
    return identity.content().equals(wanted.content())
        ? "%s with another label".formatted(name)
        : "another image called %s (%s)".formatted(name, file);
  }
}
