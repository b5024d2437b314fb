package io.adversight.training;

import io.adversight.data.DataSet;
import io.adversight.describe.Check;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Graph;
import io.adversight.graph.training.Trainer;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.run.Run;
import io.adversight.tensor.Adam;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.UpConvolution;
import io.adversight.training.data.Augmentation;
import io.adversight.training.data.Batch;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Trains a network to make images again from what a layer of another says of them, by the mean
 * squared error of the pixels (Dosovitskiy and Brox 2016, equation 2), with Adam and a rate that
 * falls to 0.
 *
 * @param epochs how often each image is seen
 * @param batch images of a step
 * @param rate the first learning rate
 * @param width channels behind the code
 * @param seed of first weights and order
 */
public record DecoderTraining(int epochs, int batch, double rate, int width, long seed) {
  public DecoderTraining {
    Check.atLeast(1, epochs, "epochs");
    Check.within(2, 4096, batch, "batch");
    Check.positive(rate, "rate");
    Check.within(4, 1024, width, "width");
  }

  /** Four epochs of batches of 16, rate 0.003, 64 channels. */
  public DecoderTraining() {
    this(4, 16, 0.003, 64, 0);
  }

  /**
   * A trained decoder.
   *
   * @param graph from codes to pixels in [0, 1]
   * @param code shape of one code
   * @param error mean squared error of a pixel of the test images
   * @param meanError that of the mean of the training images, for comparison
   */
  public record Result(Graph graph, Shape code, double error, double meanError) {}

  /**
   * Trains a decoder for a layer.
   *
   * @param layer made of maps
   * @param train images, brought to the network's size
   * @param run of size 1: progress, cancelling
   */
  public Result train(GraphClassifier network, String layer, DataSet train, DataSet test, Run run) {
    Shape code = network.layer(layer).mapShape();
    DataSet seen = NetworkView.of(train, network.card(), network.labels()).inMemory();
    DataSet tested = NetworkView.of(test, network.card(), network.labels()).inMemory();
    if (seen.size() < batch) {
      throw new InputException(
          "a batch of %s needs as many images, but there are %s".formatted(batch, seen.size()));
    }
    Rng rng = new Rng(seed);
    try (Scope scope = Scope.open()) {
      Graph untrained = new UpConvolution(width).graph(code, network.card().input(), rng.split(0));
      Trainer decoder = new Trainer(untrained, network.device(), new Adam());
      int steps = seen.size() / batch;
      for (int step = 0; step < steps * epochs; step++) {
        int epoch = step / steps;
        int[] order = rng.split(1).split(epoch).permutation(seen.size());
        int from = step % steps * batch;
        double share = 1 - (double) step / (steps * epochs);
        int[] images = Arrays.copyOfRange(order, from, from + batch);
        decoder.step(
            made -> {
              Tensor target = Batch.pixels(seen, images, Augmentation.NONE, rng.split(2));
              Tensor there = target.to(network.device());
              return made.apply(codes(network, layer, there)).sub(there).square().mean();
            },
            rate * share);
        run.report(step + 1L, (long) steps * epochs, "steps");
      }
      Graph trained = decoder.network().to(network.device());
      return new Result(
          trained, code, error(trained, network, layer, tested), meanError(seen, tested));
    }
  }

  private static Tensor codes(GraphClassifier network, String layer, Tensor pixels) {
    try (Gradients.Off off = Gradients.off()) {
      return network.forward(pixels, BackwardRules.STANDARD, Set.of(layer), false).maps(layer);
    }
  }

  private double error(Graph decoder, GraphClassifier network, String layer, DataSet test) {
    double sum = 0;
    for (int first = 0; first < test.size(); first += batch) {
      int count = Math.min(batch, test.size() - first);
      try (Scope scope = Scope.open();
          Gradients.Off off = Gradients.off()) {
        Tensor pixels = Batch.pixels(test, first, count).to(network.device());
        Tensor made = decoder.forward(codes(network, layer, pixels));
        sum += count * made.sub(pixels).square().mean().item();
      }
    }
    return sum / test.size();
  }

  private static double meanError(DataSet train, DataSet test) {
    float[] first = train.image(0).toArray();
    double[] mean = new double[first.length];
    for (int i = 0; i < train.size(); i++) {
      float[] image = train.image(i).toArray();
      for (int k = 0; k < mean.length; k++) {
        mean[k] += (double) image[k] / train.size();
      }
    }
    return IntStream.range(0, test.size())
        .mapToDouble(i -> distance(test.image(i).toArray(), mean))
        .average()
        .orElse(0);
  }

  private static double distance(float[] image, double... mean) {
    double sum = 0;
    for (int k = 0; k < mean.length; k++) {
      sum += (image[k] - mean[k]) * (image[k] - mean[k]);
    }
    return sum / mean.length;
  }
}
