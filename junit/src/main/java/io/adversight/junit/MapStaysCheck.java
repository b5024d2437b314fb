package io.adversight.junit;

import io.adversight.Heatmap;
import io.adversight.Image;
import io.adversight.Model;
import io.adversight.attribution.Attribution;
import io.adversight.catalog.Kind;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.metric.similarity.MapSimilarity;
import io.adversight.study.ExplanationMethods;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Explains an image and compares the map with a golden one, or writes that. */
final class MapStaysCheck implements BeforeTestExecutionCallback {
  private final MapStays guard;

  MapStaysCheck(MapStays guard) {
    this.guard = guard;
  }

  /** The name of the test. */
  static String name(MapStays guard) {
    return "%s of %s for %s stays like %s"
        .formatted(
            Parameters.algorithm(guard.method(), guard.parameters()),
            guard.model(),
            guard.image(),
            guard.golden());
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    if (!guard.golden().endsWith(".npy")) {
      throw new InputException("golden must be an .npy file, but is " + guard.golden());
    }
    Path golden = Path.of(guard.golden());
    Writing writing = Writing.of(context);
    if (writing == Writing.NONE && !Files.exists(golden)) {
      Assertions.fail(
          "there is no golden map %s; run this test once with -D%s=write, look at %s and commit both"
              .formatted(golden, MapStays.GOLDEN, image(golden)));
    }
    Heatmap map = explain(OpenModels.of(guard.model(), context));
    if (writing == Writing.ALL || (writing == Writing.MISSING && !Files.exists(golden))) {
      write(map, golden);
      Assumptions.abort("wrote %s; look at %s and commit both".formatted(golden, image(golden)));
    }
    compare(map, Npy.read(golden));
  }

  private Heatmap explain(Model model) {
    Attribution method =
        ExplanationMethods.create(Parameters.algorithm(guard.method(), guard.parameters()));
    Image image = Image.read(Path.of(guard.image()));
    Heatmap map =
        guard.label().isEmpty()
            ? model.explain(method, image)
            : model.explain(method, image, guard.label());
    if (map.values().min() == map.values().max()) {
      Assertions.fail(
          "the map of %s for %s has the same value everywhere, so there is nothing to compare;"
                  .formatted(guard.method(), guard.image())
              + " choose another method or class");
    }
    return map;
  }

  private void compare(Heatmap map, Raster golden) {
    Raster now = map.values();
    if (!golden.toString().equals(now.toString())) {
      Assertions.fail(
          "the golden map %s is a %s, but the map is a %s now; if the network's input size changed, write it again with -D%s=rewrite"
              .formatted(guard.golden(), golden, now, MapStays.GOLDEN));
    }
    MapSimilarity measure =
        Parameters.algorithm(guard.similarity()).create(MapSimilarity.class, Kind.MAP_SIMILARITY);
    double similarity = measure.similarity(golden, now);
    if (!(similarity >= guard.atLeast())) {
      Assertions.fail(
          String.format(
              Locale.ROOT,
              "the %s map of %s for %s (class %s) must have a similarity (%s) of at least %.3f to"
                  + " %s, but has %.3f; if the change is meant, write the map again with"
                  + " -D%s=rewrite",
              guard.method(),
              guard.model(),
              guard.image(),
              map.explained().name(),
              guard.similarity(),
              guard.atLeast(),
              guard.golden(),
              similarity,
              MapStays.GOLDEN));
    }
  }

  private static void write(Heatmap map, Path golden) {
    try {
      Files.createDirectories(golden.toAbsolutePath().resolveSibling(""));
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of %s cannot be made".formatted(golden), e);
    }
    Npy.writeMap(map.values(), golden);
    map.save(image(golden));
  }

  /** The image beside a golden map. */
  private static Path image(Path golden) {
    String name = String.valueOf(golden.getFileName());
    return golden.resolveSibling(name.substring(0, name.length() - ".npy".length()) + ".png");
  }

  /** Which golden maps are written. */
  private enum Writing {
    NONE,
    MISSING,
    ALL;

    static Writing of(ExtensionContext context) {
      String asked = context.getConfigurationParameter(MapStays.GOLDEN).orElse("");
      return switch (asked) {
        case "" -> NONE;
        case "write" -> MISSING;
        case "rewrite" -> ALL;
        default ->
            throw new InputException(
                "%s is write or rewrite, but was \"%s\"".formatted(MapStays.GOLDEN, asked));
      };
    }
  }
}
