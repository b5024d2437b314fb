package io.adversight.attack;

import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Problem;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Prediction;
import io.adversight.run.Counter;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the network says of the changed images, and how far they are from the originals. */
record Evaluation(
    Problem problem,
    int first,
    PreparedAttack search,
    Attacks.Settings settings,
    Run run,
    long start) {

  List<Adversarial> of(Tensor changed) {
    List<Prediction> before = Prediction.of(problem.startingLogits(run.restarted()));
    Classifier network = problem.classifier().drawing(run);
    Tensor logits = network.logits(changed);
    List<Prediction> after = Prediction.of(logits);
    boolean[] success = reached(logits, changed);
    double seconds = (System.nanoTime() - start) / 1e9 / problem.size();
    List<Raster> originals = Batches.rasters(problem.pixels());
    List<Raster> images = Batches.rasters(changed);
    List<Prediction> rounded = List.of();
    boolean[] roundedSuccess = new boolean[success.length];
    if (settings.rounding() == Attacks.Rounding.CHECK) {
      Tensor roundedLogits = network.logits(EightBitLattice.rounded(changed));
      rounded = Prediction.of(roundedLogits);
      roundedSuccess = reached(roundedLogits, changed);
    }
    List<List<Diagnosis>> diagnoses =
        settings.diagnose()
            ? Diagnosis.ofFailures(problem, search.ball(), success, run.restarted())
            : List.of();
    List<Adversarial> results = new ArrayList<>();
    for (int i = 0; i < problem.size(); i++) {
      Counter counter = run.counter(i);
      results.add(
          new Adversarial(
              first + i,
              problem.labels().get(i),
              search.epsilon(),
              originals.get(i),
              images.get(i),
              before.get(i),
              after.get(i),
              success[i],
              rounded.isEmpty() ? Optional.empty() : Optional.of(rounded.get(i)),
              roundedSuccess[i],
              Adversarial.Norms.between(originals.get(i), images.get(i)),
              new Adversarial.Cost(
                  counter.iterations(), counter.forwards(), counter.backwards(), seconds),
              diagnoses.isEmpty() ? List.of() : diagnoses.get(i)));
    }
    return results;
  }

  /** Whether the goal is reached; a prediction is kept only while the image changes. */
  private boolean[] reached(Tensor logits, Tensor changed) {
    boolean[] reached = problem.reached(logits);
    if (problem.goal() instanceof Goal.Keep) {
      double[] sizes = changed.sub(problem.pixels()).linfPerImage().toDoubles();
      for (int i = 0; i < reached.length; i++) {
        reached[i] &= sizes[i] > 0;
      }
    }
    return reached;
  }
}
