package io.adversight.report.study;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.attribution.Heatmap;
import io.adversight.data.DataSet;
import io.adversight.image.ColorScale;
import io.adversight.image.ImageFiles;
import io.adversight.image.Npy;
import io.adversight.image.Perturbation;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.report.PerImageFolders;
import io.adversight.report.PerImageResults;
import io.adversight.report.Provenance;
import io.adversight.report.format.Panel;
import io.adversight.report.format.ResultJson;
import io.adversight.study.Attacked;
import io.adversight.study.Explained;
import io.adversight.study.ImageResult;
import io.adversight.study.Study;
import io.adversight.study.StudySpec;
import io.adversight.study.image.InputImage;
import io.adversight.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder of results, laid out so that programs can read it. Every image's folder appears whole or
 * not at all, so a study that was stopped goes on where it was: images whose folder is there are
 * done.
 *
 * <pre>
 * result.json  report.html  maps.png
 * IMAGE/image.json  original.png
 * IMAGE/METHOD/      attribution.npy map.npy layer.npy map.png overlay.png
 * IMAGE/ATTACK/      adversarial.npy adversarial.png perturbation.png
 * IMAGE/ATTACK/      trajectory.png trajectory.gif, where they were asked for
 * IMAGE/prototypes/  and IMAGE/ATTACK/prototypes/, where the network has some:
 *                      N-here.png N-map.png N-training.png N-patch.png
 * IMAGE/ATTACK/METHOD/            the same for the changed image, and difference.npy, .png
 * IMAGE/ATTACK/METHOD-new-class/  explains the class that the changed image is taken for
 * IMAGE/ATTACK/epsilon-VALUE/...  instead, where there are several epsilons
 * </pre>
 */
public final class StudyFolder implements Study.Sink, PerImageResults {
  private static final String PROTOTYPES = "prototypes";

  private final PerImageFolders folder;
  private final Classifier classifier;
  private final PrototypeFiles prototypes;
  private final boolean severalEpsilons;

  /**
   * Opens a folder for the results of a study, or goes on with one of the same study.
   *
   * @param sets the data sets by name, for the training images of prototypes
   * @throws IllegalArgumentException if the folder holds something else
   */
  public StudyFolder(
      Path folder, StudySpec spec, Classifier classifier, Function<String, DataSet> sets) {
    this.prototypes = new PrototypeFiles(new PrototypeOrigins(sets));
    this.folder = new PerImageFolders(folder, ResultJson.spec(spec, classifier.card()));
    this.classifier = classifier;
    this.severalEpsilons = spec.epsilons().size() > 1;
  }

  /** Whether the results of an image are there, for a set whose names say all of an image. */
  public boolean isDone(String name) {
    return folder.isDone(name);
  }

  @Override
  public void leaveOut(InputImage image, String reason) {
    folder.leaveOut(image.name(), reason);
  }

  @Override
  public void accept(ImageResult result) {
    folder.add(result.image(), place -> write(place, result));
  }

  private ObjectNode write(Path place, ImageResult result) throws IOException {
    Raster original = result.image().view();
    ImageFiles.writePng(original, place.resolve("original.png"));
    ObjectNode json = ResultJson.image(result, classifier.labels());
    for (Explained explained : result.explanations()) {
      explanation(place.resolve(explained.method().id()), original, explained.heatmap());
    }
    prototypes.write(place.resolve(PROTOTYPES), original, result.prototypes());
    for (int i = 0; i < result.attacked().size(); i++) {
      Attacked attacked = result.attacked().get(i);
      String where = where(attacked);
      ((ObjectNode) json.path("attacks").path(i)).put("folder", where);
      attack(place.resolve(where), result, attacked, (ObjectNode) json.path("attacks").path(i));
    }
    return json;
  }

  private String where(Attacked attacked) {
    double epsilon = attacked.adversarial().epsilon();
    return severalEpsilons && Double.isFinite(epsilon)
        ? attacked.attack().id() + "/" + Epsilon.fileName(epsilon)
        : attacked.attack().id();
  }

  private void attack(Path place, ImageResult result, Attacked attacked, ObjectNode json)
      throws IOException {
    Files.createDirectories(place);
    Adversarial adversarial = attacked.adversarial();
    Raster changed = adversarial.changed();
    Npy.write(changed, place.resolve("adversarial.npy"));
    ImageFiles.writePng(changed, place.resolve("adversarial.png"));
    Perturbation perturbation = Perturbation.between(adversarial.original(), changed);
    ImageFiles.writePng(perturbation.image(), place.resolve("perturbation.png"));
    json.put("perturbationGain", perturbation.gain());
    if (!attacked.trajectory().isEmpty()) {
      TrajectoryAnimation.of(
              adversarial.original(),
              adversarial.before(),
              attacked.trajectory(),
              classifier.labels())
          .write(place);
    }
    for (int m = 0; m < attacked.sameClass().size(); m++) {
      Explained after = attacked.sameClass().get(m);
      Path own = place.resolve(after.method().id());
      explanation(own, changed, after.heatmap());
      Raster difference =
          difference(own, result.explanations().get(m).heatmap().map(), after.heatmap().map());
      ((ObjectNode) json.path("explanationsOfOriginalClass").path(m))
          .set("differenceColors", ResultJson.colors(ColorScale.signed(difference)));
    }
    prototypes.write(place.resolve(PROTOTYPES), changed, attacked.prototypes());
    for (Explained after : attacked.newClass()) {
      explanation(place.resolve(after.method().id() + "-new-class"), changed, after.heatmap());
    }
  }

  private static void explanation(Path place, Raster image, Heatmap heatmap) throws IOException {
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
    ImageFiles.writePng(
        ColorScale.of(heatmap.map()).apply(heatmap.map()), place.resolve("map.png"));
    ImageFiles.writePng(Panel.overlaid(image, heatmap.map()), place.resolve("overlay.png"));
  }

  private static Raster difference(Path place, Raster before, Raster after) throws IOException {
    Raster difference =
        Raster.generate(
            1,
            before.height(),
            before.width(),
            (c, y, x) -> (double) after.at(0, y, x) - before.at(0, y, x));
    Npy.writeMap(difference, place.resolve("difference.npy"));
    ImageFiles.writePng(
        ColorScale.signed(difference).apply(difference), place.resolve("difference.png"));
    return difference;
  }

  @Override
  public PerImageFolders folders() {
    return folder;
  }

  @Override
  public Path finish(Provenance provenance) {
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.set("study", folder.spec());
    result.set("provenance", ResultJson.provenance(provenance, folder.seconds()));
    ArrayNode images = result.putArray("images");
    folder.images().forEach(images::add);
    ArrayNode summary = SetSummary.of(images, Norm.valueOf(folder.spec().path("norm").asString()));
    if (!summary.isEmpty()) {
      result.set("summary", summary);
    }
    ArrayNode shares = ObjectTable.of(images);
    if (!shares.isEmpty()) {
      result.set("objectShares", shares);
    }
    MapSheet.of(folder.path(), images)
        .ifPresent(sheet -> folder.write("maps.png", ImageFiles.png(sheet)));
    folder.writeResult(result);
    folder.write("report.html", StudyPage.of(folder.path(), result).html());
    return folder.path().resolve("report.html");
  }
}
