package io.adversight.study.evaluation;

import io.adversight.attack.Attacks;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.attribution.cam.GradCam;
import io.adversight.attribution.gradient.Gradient;
import io.adversight.data.DataSet;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.metric.similarity.Spearman;
import io.adversight.metric.statistic.EnergyInMask;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.study.image.LabelledImages;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What an attack does to the explanations of images that are classified right: the maps of the true
 * class before and after PGD, and after noise of the same size.
 *
 * @param rows one for each method and object
 * @param notRun why there are none; empty if there are
 */
public record ExplanationShift(List<Row> rows, String notRun) {
  public ExplanationShift {
    rows = List.copyOf(rows);
  }

  /**
   * One method.
   *
   * @param images how many were explained
   * @param attacked mean rank correlation of the maps before and after the attack
   * @param noisy the same for a random point of the ball
   * @param shares how much of the maps lies on each object of the images
   */
  public record Row(
      String method, int images, double attacked, double noisy, List<ObjectShare> shares) {
    public Row {
      shares = List.copyOf(shares);
    }
  }

  /**
   * The mean share of a map's positive values that lies on an object.
   *
   * @param before on clean images
   * @param after on attacked images
   */
  public record ObjectShare(String object, double before, double after) {}

  static ExplanationShift of(
      EvaluationSpec spec,
      LabelledImages images,
      DataSet set,
      List<Integer> right,
      AtomicBoolean cancel) {
    List<Integer> some =
        right.subList(0, Math.min(spec.budget().subsets().attacked(), right.size()));
    List<Row> rows = new ArrayList<>();
    String why = "";
    for (Named method :
        List.of(new Named("gradient", new Gradient()), new Named("Grad-CAM", new GradCam()))) {
      try {
        rows.add(row(method, spec, images, set, some, cancel));
      } catch (InputException | UnknownNameException e) {
        why = String.valueOf(e.getMessage());
      }
    }
    return new ExplanationShift(rows, rows.isEmpty() ? why : "");
  }

  /** A method as the page calls it. */
  private record Named(String name, Attribution method) {}

  private static Row row(
      Named named,
      EvaluationSpec spec,
      LabelledImages images,
      DataSet set,
      List<Integer> some,
      AtomicBoolean cancel) {
    double attacked = 0;
    double noisy = 0;
    double[] before = new double[set.objects().size()];
    double[] after = new double[set.objects().size()];
    for (int image : some) {
      try (Scope scope = Scope.open()) {
        Tensor pixels = images.batch(image);
        Run run = Run.of(new Rng(spec.seed()), pixels).with(cancel);
        Problem problem = Problem.of(images.classifier(), pixels, images.labels(image));
        Tensor changed =
            Attacks.changed(new Pgd(), problem, spec.norm(), spec.epsilon(), run.restarted());
        Tensor noise = problem.clip(new Ball(spec.norm(), spec.epsilon()).random(pixels, run, 1));
        Raster clean = map(named, images, image, pixels, run);
        Raster moved = map(named, images, image, changed, run);
        attacked += new Spearman().similarity(clean, moved) / some.size();
        noisy +=
            new Spearman().similarity(clean, map(named, images, image, noise, run)) / some.size();
        for (int o = 0; o < before.length; o++) {
          Raster mask = set.mask(image, set.objects().get(o));
          before[o] += new EnergyInMask().score(clean, mask) / some.size();
          after[o] += new EnergyInMask().score(moved, mask) / some.size();
        }
      }
    }
    List<ObjectShare> shares = new ArrayList<>();
    for (int o = 0; o < before.length; o++) {
      shares.add(new ObjectShare(set.objects().get(o), before[o], after[o]));
    }
    return new Row(named.name(), some.size(), attacked, noisy, shares);
  }

  private static Raster map(Named named, LabelledImages images, int image, Tensor pixels, Run run) {
    List<List<Heatmap>> maps =
        Attributions.run(
            List.of(named.method()),
            images.classifier(),
            pixels.detach(),
            Objective.Logit.of(images.label(image)),
            run);
    return maps.get(0).get(0).map();
  }
}
