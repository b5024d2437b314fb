package io.adversight.lab.controller;

import io.adversight.attack.problem.Norm;
import io.adversight.catalog.Catalog;
import io.adversight.catalog.Kind;
import io.adversight.image.ColorMap;
import io.adversight.lab.http.Json;
import io.adversight.lab.http.Metrics;
import io.adversight.lab.response.ColorTables;
import io.adversight.lab.store.ImageStore;
import io.adversight.report.Provenance;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What the program is and can do. */
public final class AboutController {
  private final ImageStore images;
  private final Metrics metrics;
  private final BooleanSupplier stopping;
  private final boolean features;
  private final Predicate<Context> guest;
  private final boolean open;
  private final Supplier<List<String>> guestAddresses;

  /** Whether the server works. */
  public record Health(String status) {}

  /**
   * What a browser needs to know first.
   *
   * @param guest whether the asking user is a guest
   * @param open whether all who come may change networks and runs
   * @param guestAddresses given to others by the host; none for guests
   */
  public record LabInfo(
      String version,
      Limits limits,
      List<String> norms,
      Defaults defaults,
      Capabilities capabilities,
      boolean imagesFolder,
      boolean guest,
      boolean open,
      List<String> guestAddresses,
      List<String> defenses,
      List<Titled> similarities,
      List<ColorTable> colorMaps) {}

  /** The largest that is taken. */
  public record Limits(
      long uploadBytes, long uploadPixels, long modelBytes, int drawingSide, int studyImages) {}

  /** What is shown first. */
  public record Defaults(
      String model,
      String image,
      String attack,
      String norm,
      double epsilon,
      List<String> methods,
      List<String> similarities) {}

  /** What not every build has. */
  public record Capabilities(boolean featureVisualization) {}

  /** An entry of the catalogue by name. */
  public record Titled(String id, String title) {}

  /** A colour map as 256 colours of three bytes, in base 64. */
  public record ColorTable(String name, boolean diverging, String table) {}

  /**
   * A controller.
   *
   * @param features whether channels can be visualised
   * @param guest whether a request is of a guest
   * @param open whether all who come may change networks and runs
   * @param guestAddresses for guests, told to the host
   */
  public AboutController(
      ImageStore images,
      Metrics metrics,
      BooleanSupplier stopping,
      boolean features,
      Predicate<Context> guest,
      boolean open,
      Supplier<List<String>> guestAddresses) {
    this.guest = guest;
    this.open = open;
    this.guestAddresses = guestAddresses;
    this.images = images;
    this.metrics = metrics;
    this.stopping = stopping;
    this.features = features;
  }

  /** Whether the server works. */
  public void health(Context ctx) {
    boolean ends = stopping.getAsBoolean();
    ctx.status(ends ? 503 : 200);
    Json.answer(ctx, new Health(ends ? "stopping" : "ok"));
  }

  /** Numbers for Prometheus. */
  public void metrics(Context ctx) {
    ctx.contentType(metrics.contentType()).result(metrics.text());
  }

  /** The catalogue. */
  public void catalog(Context ctx) {
    ctx.contentType("application/json; charset=utf-8").result(Explanations.text());
  }

  /** The papers. */
  public void bibliography(Context ctx) {
    Json.answer(ctx, Bibliography.entries());
  }

  /** What a browser needs to know first. */
  public void about(Context ctx) {
    Json.answer(
        ctx,
        new LabInfo(
            Provenance.buildVersion(),
            new Limits(
                ImageStore.UPLOAD_BYTES,
                ImageStore.UPLOAD_PIXELS,
                ModelUploads.LARGEST,
                ImageController.DRAWING_SIDE,
                StudyController.IMAGES_AT_MOST),
            Arrays.stream(Norm.values()).map(norm -> norm.name().toLowerCase(Locale.ROOT)).toList(),
            InitialState.DEFAULTS,
            new Capabilities(features),
            images.hasFolder(),
            guest.test(ctx),
            open,
            guest.test(ctx) ? List.of() : guestAddresses.get(),
            Catalog.entries(Kind.DEFENSE).stream().map(entry -> entry.id()).toList(),
            Catalog.entries(Kind.MAP_SIMILARITY).stream()
                .map(entry -> new Titled(entry.id(), entry.title()))
                .toList(),
            colours()));
  }

  private static List<ColorTable> colours() {
    List<ColorTable> all = new ArrayList<>();
    for (ColorMap map : ColorMap.values()) {
      all.add(
          new ColorTable(
              map.name().toLowerCase(Locale.ROOT), map == ColorMap.DIVERGING, ColorTables.of(map)));
    }
    return all;
  }
}
