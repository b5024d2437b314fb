package io.adversight.report.format;

import io.adversight.image.ColorMap;
import io.adversight.image.ColorScale;
import io.adversight.text.Json;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * The bar of the colours of a map.
 *
 * @param scale from the lowest to the highest colour; says whether values lie beyond them
 */
public record ColorBar(ColorScale scale) {
  private static final int WIDTH = 256;

  /** What is said where a map has values beyond the ends of its colours. */
  private static final String CLIPPED =
      "clipped at the %sth percentile".formatted(ColorScale.PERCENTILE);

  /** The colours as {@link ResultJson} writes them. */
  public static ColorBar of(JsonNode colors) {
    return new ColorBar(
        new ColorScale(
            ColorMap.valueOf(Json.text(colors, "map").toUpperCase(Locale.ROOT)),
            (float) Json.number(colors.path("low")),
            (float) Json.number(colors.path("high")),
            colors.path("clipped").asBoolean()));
  }

  String low() {
    return NumberText.of(scale.low());
  }

  String high() {
    return NumberText.of(scale.high());
  }

  PageImage image() {
    return PageImage.of(scale.bar(WIDTH, 1));
  }

  /** What is said beneath the map, and that its colours are clipped if they are. */
  String withClipping(String detail) {
    if (!scale.clipped()) {
      return detail;
    }
    return detail.isEmpty() ? CLIPPED : detail + ", " + CLIPPED;
  }
}
