package io.adversight.report;

import io.adversight.data.LeftOutImage;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The images that were left out as rows of a result. */
public final class LeftOutJson {
  private LeftOutJson() {}

  /** Adds the field {@code leftOut} with a row for every image, if there are any. */
  public static void put(ObjectNode result, List<LeftOutImage> images) {
    if (!images.isEmpty()) {
      ArrayNode rows = result.putArray("leftOut");
      images.forEach(
          image -> rows.addObject().put("name", image.name()).put("reason", image.reason()));
    }
  }
}
