package io.adversight.benchmarks;

import io.adversight.graph.training.Trainer;
import io.adversight.model.Input;
import io.adversight.tensor.Device;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Sgd;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.ResNet;
import io.adversight.training.loss.CrossEntropy;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.pytorch.global.torch;

/**
 * A training step of ResNet-20 with batches of 128 against libtorch called directly, in turns
 * within one process, so that a noisy machine disturbs both alike. Both start from the same weights
 * and see the same batch, so that their losses show that they do the same.
 */
public final class TrainingRatio {
  private static final int BATCH = 128;
  private static final double RATE = 0.05;
  private static final double MOMENTUM = 0.9;

  private TrainingRatio() {}

  /**
   * Prints the median times in milliseconds and their ratio.
   *
   * @param args how many turns (default 10)
   */
  public static void main(String[] args) {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    Input input = new Input(3, 32, 32);
    Trainer trainer =
        new Trainer(
            ResNet.twenty().graph(input, 10, new Rng(1)), Device.CPU, new Sgd(MOMENTUM, 0, false));
    CrossEntropy loss = new CrossEntropy(0);
    BareTraining bare =
        new BareTraining(ResNet.twenty().graph(input, 10, new Rng(1)), trainer.names(), MOMENTUM);
    Tensor pixels = Tensor.of(new Rng(2).normal(BATCH * 3 * 32 * 32), BATCH, 3, 32, 32);
    long[] classes = new long[BATCH];
    Arrays.setAll(classes, i -> i % 10);
    Tensor labels = Tensor.of(classes, BATCH, 1);
    org.bytedeco.pytorch.Tensor rawPixels = BareEngine.raw(pixels);
    org.bytedeco.pytorch.Tensor rawLabels = torch.tensor(classes).reshape(BATCH, 1);
    double[] direct = new double[turns];
    double[] ours = new double[turns];
    for (int turn = -2; turn < turns; turn++) {
      long start = System.nanoTime();
      float bareLoss = bare.step(rawPixels, rawLabels, RATE);
      long middle = System.nanoTime();
      double ourLoss =
          trainer.step(network -> loss.of(network.apply(pixels.channelsLast()), labels), RATE);
      long end = System.nanoTime();
      if (turn >= 0) {
        direct[turn] = (middle - start) / 1e6;
        ours[turn] = (end - middle) / 1e6;
      }
      System.out.printf(
          Locale.ROOT,
          "turn %d: losses %.5f and %.5f, direct %.0f ms, Adversight %.0f ms%n",
          turn,
          bareLoss,
          ourLoss,
          (middle - start) / 1e6,
          (end - middle) / 1e6);
    }
    Arrays.sort(direct);
    Arrays.sort(ours);
    System.out.printf(
        Locale.ROOT,
        "median: direct %.1f ms, Adversight %.1f ms, ratio %.2f%n",
        direct[turns / 2],
        ours[turns / 2],
        ours[turns / 2] / direct[turns / 2]);
  }
}
