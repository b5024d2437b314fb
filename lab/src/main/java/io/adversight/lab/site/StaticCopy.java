package io.adversight.lab.site;

import io.adversight.file.AtomicFile;
import io.adversight.image.ColorMap;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.input.InputException;
import io.adversight.lab.http.Json;
import io.adversight.lab.response.ColorTables;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.run.Run;
import io.adversight.study.image.ImageInputs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * Writes a folder of plain files that shows attacks at a slider without a server: a page, its
 * scripts, and the results of every image as a script, as pages opened from a disk may load scripts
 * and nothing else.
 */
public final class StaticCopy {
  private static final List<String> STYLES = List.of("style/tokens.css", "style/base.css");
  private static final int THUMBNAIL = 64;

  private StaticCopy() {}

  /**
   * What the page reads first.
   *
   * @param defense in front of the network, and how gradients pass it; empty if there is none
   * @param files the scripts of the images, one for each
   * @param epsilons the stops of the slider, from 0
   * @param colours of heat maps, 256 of three bytes, in base 64
   */
  private record Contents(
      String model,
      String title,
      int classes,
      String defense,
      String method,
      List<String> attacks,
      List<Double> epsilons,
      List<Thumbnail> files,
      String colours,
      String version,
      String command) {}

  /** An image by its name, its script and its small picture. */
  private record Thumbnail(String name, String script, String picture) {}

  /**
   * Writes the copy.
   *
   * @param folder that does not exist yet, or is empty
   * @param run hears of every image, and of the wish to stop
   * @throws InputException if there is something in the folder
   * @throws CancellationException if it was cancelled; nothing is left then
   */
  public static void write(Path folder, GraphClassifier classifier, SiteSpec spec, Run run) {
    checkEmpty(folder);
    try {
      AtomicFile.place(folder, partial -> fill(partial, classifier, spec, run));
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be written".formatted(folder), e);
    }
  }

  /**
   * Checks where a copy is to go, before there is any work.
   *
   * @throws InputException if there is something in the folder
   */
  public static void checkEmpty(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
      if (inside.findAny().isPresent()) {
        throw new InputException(
            "%s is not an empty folder; name one that does not exist yet".formatted(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(folder), e);
    }
  }

  private static void fill(Path folder, GraphClassifier classifier, SiteSpec spec, Run run)
      throws IOException {
    Files.createDirectories(folder.resolve("data"));
    List<Thumbnail> thumbnails = new ArrayList<>();
    int all = spec.images().size();
    for (int i = 0; i < all; i++) {
      run.checkCancelled();
      run.report(i, all, "images");
      SiteSpec.Named image = spec.images().get(i);
      Raster view = ImageInputs.view(image.image(), classifier.card());
      SiteImage attacked = AttackedImage.of(image.name(), view, classifier, spec);
      String name = String.format(Locale.ROOT, "data/%03d", i);
      script(folder.resolve(name + ".js"), "site.receive(%s, %s);".formatted(i, json(attacked)));
      Files.write(folder.resolve(name + ".png"), ImageFiles.png(thumbnail(view)));
      thumbnails.add(new Thumbnail(image.name(), name + ".js", name + ".png"));
    }
    Contents contents = contents(classifier, spec, thumbnails);
    script(folder.resolve("data/contents.js"), "site.open(%s);".formatted(json(contents)));
    page(folder);
    run.report(all, all, "images");
  }

  private static Raster thumbnail(Raster view) {
    int side = Math.min(view.height(), view.width());
    return side <= THUMBNAIL
        ? view
        : RasterResize.stretch(
            view, view.height() * THUMBNAIL / side, view.width() * THUMBNAIL / side);
  }

  private static Contents contents(
      GraphClassifier classifier, SiteSpec spec, List<Thumbnail> thumbnails) {
    List<Double> epsilons = new ArrayList<>(List.of(0.0));
    epsilons.addAll(spec.epsilons());
    return new Contents(
        classifier.card().name(),
        classifier.card().title(),
        classifier.card().classes(),
        Provenance.defense(classifier),
        spec.method().toString(),
        spec.attacks().stream().map(Object::toString).toList(),
        epsilons,
        thumbnails,
        ColorTables.of(ColorMap.VIRIDIS),
        Provenance.buildVersion(),
        String.join(" ", spec.command()));
  }

  /** JSON that is a JavaScript expression too, whatever a file's name holds. */
  private static String json(Object value) {
    return Json.write(value).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text + "\n");
  }

  private static void page(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("style"));
    for (String style : STYLES) {
      Files.write(folder.resolve(style), resource(style));
    }
    Files.write(folder.resolve("style/site.css"), resource("site/site.css"));
    Files.write(folder.resolve("site.js"), resource("site/site.js"));
    Files.write(folder.resolve("index.html"), resource("site/index.html"));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = StaticCopy.class.getResourceAsStream("/web/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks " + name);
      }
      return in.readAllBytes();
    }
  }
}
