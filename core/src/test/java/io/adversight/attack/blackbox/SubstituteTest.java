package io.adversight.attack.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attack.SmallNetworks;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Classifier;
import io.adversight.model.Oracle;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubstituteTest {
  private static final int IMAGES = 60;
  private static final Classifier HIDDEN = SmallNetworks.randomLinear(8, 3, 21);

  private static Tensor images(long seed) {
    return Tensor.of(new Rng(seed).uniform(IMAGES * 64, 0, 1), IMAGES, 1, 8, 8);
  }

  private static List<Integer> classes(Classifier classifier, Tensor pixels) {
    List<Integer> classes = new ArrayList<>();
    for (long top : classifier.logits(pixels).argmax(1).toLongs()) {
      classes.add((int) top);
    }
    return classes;
  }

  @Test
  void learnsToAnswerAsTheOracleDoesOnImagesItHasNotSeen() {
    try (Scope scope = Scope.open()) {
      Run run = Run.of(IMAGES);
      Oracle oracle = Oracle.of(HIDDEN, Oracle.Answer.LABELS, 32, run);
      Classifier substitute =
          new SubstituteTraining(5, 0.1, 10, 0.005, 8).train(oracle, images(1), Bounds.PIXELS, run);
      List<Integer> own = classes(substitute, images(2));
      List<Integer> theirs = classes(HIDDEN, images(2));
      int equal = 0;
      for (int i = 0; i < IMAGES; i++) {
        equal += own.get(i).equals(theirs.get(i)) ? 1 : 0;
        assertThat(run.counter(i).forwards()).isEqualTo(32);
      }
      int mostFrequent = 0;
      for (int k = 0; k < 3; k++) {
        mostFrequent = Math.max(mostFrequent, Collections.frequency(theirs, k));
      }
      assertThat(equal).isGreaterThan(mostFrequent + IMAGES / 10);
    }
  }

  @Test
  void anAttackOnTheSubstituteFoolsTheHiddenNetworkMoreOftenThanNoise() {
    try (Scope scope = Scope.open()) {
      Tensor pixels = images(1);
      Problem problem = Problem.of(HIDDEN, pixels, classes(HIDDEN, pixels));
      Run run = Run.of(IMAGES);
      Ball ball = new Ball(Norm.LINF, 0.1);
      Substitute attack =
          new Substitute(32, new SubstituteTraining(5, 0.1, 10, 0.005, 8), new Fgsm());
      Tensor changed = attack.perturb(problem, ball, run);
      Tensor noise = pixels.add(run.normal(pixels, 99).sign().mul(0.1));
      assertThat(fooled(problem, changed)).isGreaterThan(2 * fooled(problem, noise));
      for (int i = 0; i < IMAGES; i++) {
        assertThat(run.counter(i).forwards()).isLessThanOrEqualTo(32);
        assertThat(run.counter(i).backwards()).isZero();
      }
    }
  }

  private static int fooled(Problem problem, Tensor changed) {
    boolean[] reached = problem.reached(problem.classifier().logits(Bounds.PIXELS.clip(changed)));
    return Problem.indices(reached, true).length;
  }
}
