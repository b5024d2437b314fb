package io.adversight.attack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adversight.attack.blackbox.UniformNoise;
import io.adversight.attack.gradient.Apgd;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.Labels;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.home.SharedData;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelCard;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A residual network on CIFAR-10, where it is at hand: stronger attacks never look weaker. */
class RealNetworkAttacksTest {
  private static final int IMAGES = 20;

  @Test
  void strongerAttacksLeaveLessAccuracy() throws IOException {
    ModelCard card = ModelCard.read(SharedData.path("models/resnet20_cifar10.card.json"));
    byte[] records = Files.readAllBytes(SharedData.path("datasets/cifar10/test_batch.bin"));
    GraphClassifier network =
        new GraphClassifier(
            card,
            Labels.numbers(10),
            OnnxImporter.read(SharedData.path("models/resnet20_cifar10.onnx")).graph());
    float[] pixels = new float[IMAGES * 3072];
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      labels.add((int) records[3073 * i]);
      for (int k = 0; k < 3072; k++) {
        pixels[3072 * i + k] = (records[3073 * i + 1 + k] & 255) / 255f;
      }
    }
    try (Scope scope = Scope.open()) {
      Problem problem = Problem.of(network, Tensor.of(pixels, IMAGES, 3, 32, 32), labels);
      long clean = accuracy(new UniformNoise(), problem);
      long fgsm = accuracy(new Fgsm(), problem);
      long pgd = accuracy(new Pgd(10, 0.2, true), problem);
      long apgd = accuracy(new Apgd(25, 1, 0.75, true, Loss.CROSS_ENTROPY), problem);
      assertTrue(
          apgd <= pgd && pgd <= fgsm && fgsm < clean,
          "noise %s, FGSM %s, PGD %s, APGD %s".formatted(clean, fgsm, pgd, apgd));
    }
  }

  private static long accuracy(BoundedAttack attack, Problem problem) {
    List<Adversarial> results =
        Attacks.run(
            attack, problem, Norm.LINF, List.of(1 / 255.0), Attacks.Rounding.SKIP, Run.of(IMAGES));
    return RobustAccuracy.of(results).ofAll().successes();
  }
}
