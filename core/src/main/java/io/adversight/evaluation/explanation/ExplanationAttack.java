package io.adversight.evaluation.explanation;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.backward.SmoothRules;
import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.model.Activations;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Attacks on the explanation: the image changes a little, the prediction stays, the heat map moves
 * to where the attacker wants it. Steps follow the gradient of the explanation, a second
 * derivative, through a network whose rectifiers are smooth; whether it worked is judged on the
 * true network.
 *
 * @param explained the explanation that is attacked
 * @param layer of Grad-CAM; empty for the last spatial one
 * @param aim how the distance to the target is measured
 * @param epsilon the largest change of a pixel
 * @param steps of gradient descent
 * @param stepSize the change of every pixel in a step
 * @param beta of the smooth rectifiers
 * @param keep the weight of keeping the logits as they are
 */
@Doc("Attack on the explanation")
@Paper("ghorbani2019")
public record ExplanationAttack(
    @Doc("explanation that is attacked") Explained explained,
    @Doc("layer of Grad-CAM; empty for the last spatial one") String layer,
    @Doc("loss towards the target map") Aim aim,
    @Doc("largest change of a pixel") double epsilon,
    @Doc("steps") int steps,
    @Doc("change of every pixel in a step") double stepSize,
    @Doc("sharpness of the softplus that replaces ReLU") double beta,
    @Doc("weight of the difference of the logits") double keep) {

  /** The explanations that can be attacked: those that are one gradient. */
  public enum Explained {
    /** The absolute gradient, summed over the channels. */
    GRADIENT {
      @Override
      Tensor map(Tensor value, Tensor gradient) {
        return gradient.abs().sum(1);
      }
    },
    /** The absolute value of input times gradient, summed over the channels. */
    INPUT_X_GRADIENT {
      @Override
      Tensor map(Tensor value, Tensor gradient) {
        return value.mul(gradient).abs().sum(1);
      }
    },
    /** Grad-CAM. */
    GRAD_CAM {
      @Override
      Tensor map(Tensor value, Tensor gradient) {
        return gradient.mean(2, 3).mul(value).sum(1).relu();
      }
    };

    abstract Tensor map(Tensor value, Tensor gradient);
  }

  /** What is made small, for a map h of sum 1 and a target t. */
  public enum Aim {
    /**
     * Minus the mass of h where t is above half of its maximum (Ghorbani et al. 2019, section 3).
     */
    REGION {
      @Override
      Tensor loss(Tensor map, Tensor target, Tensor region) {
        return map.mul(region).sumPerImage().neg();
      }
    },
    /**
     * The squared distance of h from t, scaled to sum 1, times the number of places (Dombrowski et
     * al. 2019, equation 5).
     */
    TARGET_MAP {
      @Override
      Tensor loss(Tensor map, Tensor target, Tensor region) {
        double places = (double) map.size(2) * map.size(3);
        return map.sub(target).square().sumPerImage().mul(places);
      }
    };

    abstract Tensor loss(Tensor map, Tensor target, Tensor region);
  }

  /**
   * The result for one image.
   *
   * @param image the changed image; the original where no change moved the map
   * @param before the explanation of the original, of sum 1, at its own size
   * @param after the explanation of the changed image
   * @param massBefore the share of {@code before} in the target's region
   * @param massAfter the share of {@code after} there
   * @param linf the largest change of a pixel
   * @param label the prediction, the same before and after
   */
  public record Moved(
      Raster image,
      Raster before,
      Raster after,
      double massBefore,
      double massAfter,
      double linf,
      int label) {}

  private static final double SMALL = 1e-12;

  /** The gradient moved into a region within 8/255. */
  public ExplanationAttack() {
    this(Explained.GRADIENT, "", Aim.REGION, 8 / 255.0, 100, 1 / 255.0, 30, 1);
  }

  /** Checks the ranges. */
  public ExplanationAttack {
    Check.atLeast(0.0, epsilon, "epsilon");
    Check.atLeast(1, steps, "steps");
    Check.positive(stepSize, "stepSize");
    Check.positive(beta, "beta");
    Check.atLeast(0.0, keep, "keep");
  }

  /**
   * Moves the explanations of a batch.
   *
   * @param targets one per image, of any size: where the map should be
   */
  public List<Moved> run(Classifier classifier, Tensor pixels, List<Raster> targets, Run run) {
    String place =
        explained == Explained.GRAD_CAM ? classifier.layerOfMaps(layer).name() : Trace.PIXELS;
    try (Scope whole = Scope.open()) {
      Tensor logits = classifier.logits(pixels).detach();
      List<Integer> labels =
          Arrays.stream(logits.argmax(1).toLongs()).mapToObj(Math::toIntExact).toList();
      Objective objective = new Objective.Logit(labels);
      Tensor before = truth(classifier, pixels, objective, place);
      Tensor target = targets(targets, before);
      Tensor region = target.gt(target.maxPerImage().mul(0.5)).asFloat().like(pixels);
      Tensor goal = target.div(target.sumPerImage().add(SMALL));
      Tensor low = pixels.sub(epsilon).clamp(0, 1);
      Tensor high = pixels.add(epsilon).clamp(0, 1);
      double[] best = before.mul(region).sumPerImage().toDoubles();
      double[] start = best.clone();
      Tensor found = pixels.copy();
      Tensor after = before.copy();
      Tensor x = pixels.copy();
      for (int step = 0; step < steps; step++) {
        run.report(step, steps, "steps");
        try (Scope scope = Scope.open()) {
          Tensor evaluation = gradient(classifier, x, objective, place, goal, region, logits, run);
          Tensor moved = x.sub(evaluation.sign().mul(stepSize)).clamp(low, high);
          int[] better = better(classifier, moved, objective, place, region, labels, best);
          if (better.length > 0) {
            Tensor maps = truth(classifier, moved, objective, place);
            found = scope.replace(found, found.withRows(better, moved.rows(better)));
            after = scope.replace(after, after.withRows(better, maps.rows(better)));
          }
          x = scope.replace(x, moved);
        }
      }
      return results(pixels, found, before, after, start, best, labels);
    }
  }

  private Tensor gradient(
      Classifier classifier,
      Tensor x,
      Objective objective,
      String place,
      Tensor goal,
      Tensor region,
      Tensor logits,
      Run run) {
    Tensor leaf = x.leaf();
    run.countForward();
    Activations activations = classifier.forward(leaf, new SmoothRules(beta));
    Tensor value = place.equals(Trace.PIXELS) ? leaf : activations.layer(place);
    Tensor gradient =
        Gradients.of(objective.values(activations), List.of(value), Gradients.Recording.CREATE)
            .get(0);
    run.countBackward();
    Tensor map =
        ofSumOne(explained.map(maps(classifier, place, value), maps(classifier, place, gradient)));
    Tensor kept = activations.logits().sub(logits).square().mean(1).reshape(x.size(0), 1, 1, 1);
    Tensor loss = aim.loss(map, goal, region).add(kept.mul(keep));
    run.countBackward();
    return Gradients.of(loss, leaf);
  }

  /** The images whose true prediction stays and whose true map has more mass in the region. */
  private int[] better(
      Classifier classifier,
      Tensor moved,
      Objective objective,
      String place,
      Tensor region,
      List<Integer> labels,
      double[] best) {
    long[] predicted = classifier.logits(moved).argmax(1).toLongs();
    double[] mass =
        truth(classifier, moved, objective, place).mul(region).sumPerImage().toDoubles();
    List<Integer> better = new ArrayList<>();
    for (int i = 0; i < best.length; i++) {
      if (predicted[i] == labels.get(i) && mass[i] > best[i]) {
        best[i] = mass[i];
        better.add(i);
      }
    }
    return better.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The explanation by the true network, of sum 1. */
  private Tensor truth(Classifier classifier, Tensor x, Objective objective, String place) {
    try (Scope scope = Scope.open()) {
      Tensor leaf = x.leaf();
      Activations activations = classifier.forward(leaf, BackwardRules.STANDARD);
      Tensor value = place.equals(Trace.PIXELS) ? leaf : activations.layer(place);
      Tensor gradient = Gradients.of(objective.values(activations), value);
      return scope.keep(
          ofSumOne(
                  explained.map(
                      maps(classifier, place, value.detach()), maps(classifier, place, gradient)))
              .copy());
    }
  }

  private static Tensor maps(Classifier classifier, String place, Tensor value) {
    return place.equals(Trace.PIXELS) ? value : classifier.layer(place).maps(value);
  }

  private static Tensor ofSumOne(Tensor map) {
    return map.div(map.sumPerImage().add(SMALL));
  }

  private static Tensor targets(List<Raster> targets, Tensor like) {
    List<Raster> fitting =
        targets.stream()
            .map(t -> Plane.channel(t, 0).resize((int) like.size(2), (int) like.size(3)))
            .map(plane -> plane.map(v -> Math.max(0, v)).toRaster())
            .toList();
    if (fitting.size() != like.size(0)) {
      throw new IllegalArgumentException(
          "%s images need as many targets, but there are %s"
              .formatted(like.size(0), fitting.size()));
    }
    return Batches.of(fitting).like(like);
  }

  private static List<Moved> results(
      Tensor pixels,
      Tensor found,
      Tensor before,
      Tensor after,
      double[] start,
      double[] best,
      List<Integer> labels) {
    List<Raster> images = Batches.rasters(found);
    List<Raster> mapsBefore = Batches.rasters(before);
    List<Raster> mapsAfter = Batches.rasters(after);
    double[] linf = found.sub(pixels).linfPerImage().toDoubles();
    List<Moved> results = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      results.add(
          new Moved(
              images.get(i),
              mapsBefore.get(i),
              mapsAfter.get(i),
              start[i],
              best[i],
              linf[i],
              labels.get(i)));
    }
    return results;
  }
}
