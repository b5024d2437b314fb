package io.adversight.evaluation.robustness;

import io.adversight.attack.latent.LatentWalk;
import io.adversight.attack.latent.TypeOne;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.evaluation.robustness.TypeOneResult.Method;
import io.adversight.evaluation.robustness.TypeOneResult.Outcome;
import io.adversight.image.Raster;
import io.adversight.metric.similarity.MapSimilarity;
import io.adversight.model.Batches;
import io.adversight.model.LatentModel;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Type I attacks and transitions judged by oracles, beside interpolations that ignore the attacked
 * network; and what the attacked network's explanation says on the way.
 *
 * @param observer the networks
 * @param attack the settings
 * @param similarity of explanations
 * @param frames of each walk at which all is measured, the start not among them
 */
public record TypeOneEvaluation(
    WalkObserver observer, TypeOne attack, MapSimilarity similarity, int frames) {
  /**
   * All methods on a batch of images of a set.
   *
   * @param run is asked whether to stop
   */
  public List<TypeOneResult> of(DataSet set, List<TransitionCase> cases, Run run) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = batch(set, cases, TransitionCase::image);
      Tensor ends = batch(set, cases, TransitionCase::end);
      Tensor companions = batch(set, cases, TransitionCase::companion);
      return new Batch(cases, pixels, run.sharing(new Rng(0), pixels)).results(ends, companions);
    }
  }

  private Tensor batch(
      DataSet set, List<TransitionCase> cases, ToIntFunction<TransitionCase> number) {
    return Batches.of(cases.stream().mapToInt(number).mapToObj(set::image).toList())
        .to(observer.attacked().device());
  }

  /** Steps between two frames. */
  private int every() {
    return Math.max(1, attack.steps() / frames);
  }

  /** Images that are attacked together. */
  private final class Batch {
    private final List<TransitionCase> cases;
    private final List<Integer> labels;
    private final List<Integer> targets;
    private final Tensor pixels;
    private final Run run;
    private final List<Raster> maps;

    Batch(List<TransitionCase> cases, Tensor pixels, Run run) {
      this.cases = cases;
      this.labels = cases.stream().map(TransitionCase::label).toList();
      this.targets = cases.stream().map(TransitionCase::target).toList();
      this.pixels = pixels;
      this.run = run;
      this.maps = observer.maps(pixels, labels);
    }

    List<TypeOneResult> results(Tensor ends, Tensor companions) {
      LatentModel model = observer.model();
      Problem problem =
          Problem.of(observer.attacked(), pixels, labels).with(new Goal.Keep(targets));
      LatentWalk transition = attack.transition();
      TransitionPath typeOnePath = observer.path(attack.walk(), pixels, every());
      TransitionPath transitionPath = observer.path(transition, pixels, every());
      Tensor fooling = attack.perturb(model, problem, run, typeOnePath);
      Tensor codes = transition.run(model, problem, targets, run, transitionPath);
      List<List<Outcome>> outcomes = new ArrayList<>();
      outcomes.add(outcomes(Method.TYPE_ONE, fooling));
      outcomes.add(outcomes(Method.TRANSITION, decoded(codes)));
      outcomes.add(outcomes(Method.PIXEL_INTERPOLATION, betweenPixels(ends)));
      outcomes.add(outcomes(Method.LATENT_INTERPOLATION, betweenCodes(ends)));
      List<Raster> companionMaps = observer.maps(companions, labels);
      List<Raster> endMaps = observer.maps(ends, targets);
      List<Raster> otherMaps = observer.maps(pixels, targets);
      List<Raster> examples = Batches.rasters(fooling);
      List<TypeOneResult> results = new ArrayList<>();
      for (int i = 0; i < cases.size(); i++) {
        int image = i;
        TransitionCase one = cases.get(i);
        results.add(
            new TypeOneResult(
                one.label(),
                one.target(),
                outcomes.stream().map(ofMethod -> ofMethod.get(image)).toList(),
                numbers(typeOnePath, i),
                numbers(transitionPath, i),
                one.companion() == one.image()
                    ? Double.NaN
                    : similarity.similarity(maps.get(i), companionMaps.get(i)),
                similarity.similarity(maps.get(i), endMaps.get(i)),
                similarity.similarity(maps.get(i), otherMaps.get(i)),
                examples.get(i)));
      }
      return results;
    }

    private Tensor decoded(Tensor codes) {
      try (Gradients.Off off = Gradients.off()) {
        return observer.model().decode(codes);
      }
    }

    private Tensor betweenPixels(Tensor ends) {
      try (Gradients.Off off = Gradients.off()) {
        return interpolations().best(pixels, ends, Tensor::alias, labels, targets);
      }
    }

    private Tensor betweenCodes(Tensor ends) {
      LatentModel model = observer.model();
      try (Gradients.Off off = Gradients.off()) {
        return interpolations()
            .best(model.encode(pixels), model.encode(ends), model::decode, labels, targets);
      }
    }

    private Interpolations interpolations() {
      return new Interpolations(observer.attacked(), observer.oracles());
    }

    private List<FrameNumbers> numbers(TransitionPath path, int image) {
      return FrameNumbers.of(path.of(image), labels.get(image), targets.get(image), similarity);
    }

    private List<Outcome> outcomes(Method method, Tensor images) {
      List<Integer> predicted =
          observer.attacked().predict(images).stream().map(Prediction::top).toList();
      List<Raster> explained = observer.maps(images, predicted);
      try (Scope scope = Scope.open();
          Gradients.Off off = Gradients.off()) {
        int[] votes = observer.oracles().votes(images, targets);
        double[] moved = images.sub(pixels).l2PerImage().toDoubles();
        LatentModel model = observer.model();
        double[] codes = model.encode(images).sub(model.encode(pixels)).l2PerImage().toDoubles();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < votes.length; i++) {
          outcomes.add(
              new Outcome(
                  method,
                  predicted.get(i),
                  moved[i] > 0 && predicted.get(i).equals(labels.get(i)),
                  votes[i],
                  observer.oracles().isMajority(votes[i]),
                  moved[i],
                  codes[i],
                  similarity.similarity(maps.get(i), explained.get(i))));
        }
        return outcomes;
      }
    }
  }
}
