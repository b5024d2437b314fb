package io.adversight.report;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Norm;
import io.adversight.attribution.Heatmap;
import io.adversight.image.ColorMap;
import io.adversight.image.ImageFiles;
import io.adversight.image.Npy;
import io.adversight.image.Overlay;
import io.adversight.image.Perturbation;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.study.Attacked;
import io.adversight.study.Explained;
import io.adversight.study.PictureResult;
import io.adversight.study.Study;
import io.adversight.study.StudySpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder of results, laid out so that programs can read it. Every picture's folder appears whole
 * or not at all, so a study that was stopped goes on where it was: pictures whose folder is there
 * are done.
 *
 * <pre>
 * result.json  report.html
 * PICTURE/picture.json  original.png
 * PICTURE/METHOD/      attribution.npy map.npy layer.npy map.png overlay.png
 * PICTURE/ATTACK/      adversarial.npy adversarial.png perturbation.png
 * PICTURE/ATTACK/      film.png film.gif, where they were asked for
 * PICTURE/ATTACK/METHOD/            the same for the changed picture, and difference.npy, .png
 * PICTURE/ATTACK/METHOD-new-class/  explains the class that the changed picture is taken for
 * PICTURE/ATTACK/epsilon-VALUE/...  instead, where there are several epsilons
 * </pre>
 */
public final class StudyFolder implements Study.Sink {
  private static final String SPEC = "study.json";
  private static final String PICTURE = "picture.json";
  private static final double OPACITY = 0.6;

  private final ResultFolder results;
  private final Path folder;
  private final ObjectNode spec;
  private final Classifier classifier;
  private final boolean severalEpsilons;
  private final long start = System.nanoTime();
  private final List<String> names = new ArrayList<>();

  /**
   * Opens a folder for the results of a study, or goes on with one of the same study.
   *
   * @throws IllegalArgumentException if the folder holds something else
   */
  public StudyFolder(Path folder, StudySpec spec, Classifier classifier) {
    this.folder = folder;
    this.spec = ResultJson.spec(spec, classifier.card());
    this.classifier = classifier;
    this.severalEpsilons = spec.epsilons().size() > 1;
    this.results = ResultFolder.open(folder, this.spec, SPEC);
  }

  /** Whether the results of a picture are already there; notes that it belongs to the study. */
  public boolean isDone(String name) {
    names.add(name);
    return Files.exists(folder.resolve(name).resolve(PICTURE));
  }

  /** Removes the folder if this study made it and no picture was finished. */
  public void abandon() {
    results.abandon();
  }

  @Override
  public void accept(PictureResult result) {
    String name = result.picture().name();
    Path partial = folder.resolve("." + name + ".partial");
    try {
      results.delete("." + name + ".partial");
      Files.createDirectories(partial);
      write(partial, result);
      Files.move(partial, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the results of %s cannot be written to %s".formatted(name, folder), e);
    }
  }

  private void write(Path place, PictureResult result) throws IOException {
    Raster original = result.picture().view();
    ImageFiles.writePng(original, place.resolve("original.png"));
    ObjectNode json = ResultJson.picture(result, classifier.labels());
    for (Explained explained : result.explanations()) {
      explanation(place.resolve(explained.method().id()), original, explained.heatmap());
    }
    for (int i = 0; i < result.attacked().size(); i++) {
      Attacked attacked = result.attacked().get(i);
      String where = where(attacked);
      ((ObjectNode) json.path("attacks").path(i)).put("folder", where);
      attack(place.resolve(where), result, attacked, (ObjectNode) json.path("attacks").path(i));
    }
    results.write(folder.relativize(place.resolve(PICTURE)).toString(), json);
  }

  private String where(Attacked attacked) {
    double epsilon = attacked.adversarial().epsilon();
    return severalEpsilons && Double.isFinite(epsilon)
        ? attacked.attack().id() + "/" + Names.epsilon(epsilon)
        : attacked.attack().id();
  }

  private void attack(Path place, PictureResult result, Attacked attacked, ObjectNode json)
      throws IOException {
    Files.createDirectories(place);
    Adversarial adversarial = attacked.adversarial();
    Raster changed = adversarial.changed();
    Npy.write(changed, place.resolve("adversarial.npy"));
    ImageFiles.writePng(changed, place.resolve("adversarial.png"));
    Perturbation perturbation = Perturbation.between(adversarial.original(), changed);
    ImageFiles.writePng(perturbation.picture(), place.resolve("perturbation.png"));
    json.put("perturbationGain", perturbation.gain());
    if (!attacked.film().isEmpty()) {
      Film.of(adversarial.original(), adversarial.before(), attacked.film(), classifier.labels())
          .write(place);
    }
    for (int m = 0; m < attacked.sameClass().size(); m++) {
      Explained after = attacked.sameClass().get(m);
      Path own = place.resolve(after.method().id());
      explanation(own, changed, after.heatmap());
      difference(own, result.explanations().get(m).heatmap().map(), after.heatmap().map());
    }
    for (Explained after : attacked.newClass()) {
      explanation(place.resolve(after.method().id() + "-new-class"), changed, after.heatmap());
    }
  }

  private static void explanation(Path place, Raster picture, Heatmap heatmap) throws IOException {
    Files.createDirectories(place);
    Raster attribution = heatmap.attribution();
    if (attribution.channels() == 1) {
      Npy.writeMap(attribution, place.resolve("attribution.npy"));
    } else {
      Npy.write(attribution, place.resolve("attribution.npy"));
    }
    Npy.writeMap(heatmap.map(), place.resolve("map.npy"));
    if (heatmap.layer().isPresent()) {
      Npy.writeMap(heatmap.layer().get(), place.resolve("layer.npy"));
    }
    Raster colored = colored(heatmap.map());
    ImageFiles.writePng(colored, place.resolve("map.png"));
    ImageFiles.writePng(
        Overlay.blend(picture.toRgb(), colored, OPACITY), place.resolve("overlay.png"));
  }

  /** A map in colour: from zero to its largest value, or around zero if it is signed. */
  private static Raster colored(Raster map) {
    return map.min() < 0
        ? ColorMap.DIVERGING.applySymmetric(map)
        : ColorMap.INFERNO.apply(map, 0, Math.max(map.max(), Float.MIN_NORMAL));
  }

  private static void difference(Path place, Raster before, Raster after) throws IOException {
    Raster difference =
        Raster.generate(
            1,
            before.height(),
            before.width(),
            (c, y, x) -> (double) after.at(0, y, x) - before.at(0, y, x));
    Npy.writeMap(difference, place.resolve("difference.npy"));
    ImageFiles.writePng(
        ColorMap.DIVERGING.applySymmetric(difference), place.resolve("difference.png"));
  }

  /**
   * Writes {@code result.json} and {@code report.html} over all pictures of the study.
   *
   * @return the report
   */
  public Path finish(Provenance provenance) {
    double seconds = (System.nanoTime() - start) / 1e9;
    try {
      ObjectNode result = ResultJson.MAPPER.createObjectNode();
      result.set("study", spec);
      result.set("provenance", ResultJson.provenance(provenance, seconds));
      ArrayNode images = result.putArray("images");
      for (String name : names) {
        Path file = folder.resolve(name).resolve(PICTURE);
        if (Files.exists(file)) {
          images.add(ResultJson.MAPPER.readTree(file.toFile()));
        }
      }
      ArrayNode summary = SetSummary.of(images, Norm.valueOf(spec.path("norm").asString()));
      if (!summary.isEmpty()) {
        result.set("summary", summary);
      }
      results.write("result.json", result);
      results.write("report.html", HtmlReport.of(folder, result));
      return results.resolve("report.html");
    } catch (IOException e) {
      throw new UncheckedIOException("the folder %s cannot be written".formatted(folder), e);
    }
  }
}
