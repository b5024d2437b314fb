package io.adversight.training.data;

import io.adversight.data.DataSet;
import io.adversight.graph.Graph;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.Backbone;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the trained part of a network is fed in a phase: images, or the features that the part that
 * stays made of them once.
 */
public sealed interface TrainingInput {
  /** The part of a network that takes this feed. */
  Graph part(Graph whole);

  /** A batch as that part takes it: images preprocessed, features as they are. */
  Tensor fed(Tensor batch);

  /**
   * A batch of training images, pixels in [0, 1], or of their features.
   *
   * @param epoch source of the randomness of the augmentation
   */
  Tensor batch(int[] indices, Rng epoch);

  /** The share of the test images that the network has right. */
  double accuracy(GraphClassifier whole);

  /** Images, changed at random. */
  record Pixels(
      DataSet train,
      DataSet test,
      Augmentation augmentation,
      GraphClassifier preprocessing,
      int testBatch)
      implements TrainingInput {
    @Override
    public Graph part(Graph whole) {
      return whole;
    }

    @Override
    public Tensor batch(int[] indices, Rng epoch) {
      return Batch.pixels(train, indices, augmentation, epoch).to(preprocessing.device());
    }

    @Override
    public Tensor fed(Tensor batch) {
      return preprocessing.preprocess(batch);
    }

    @Override
    public double accuracy(GraphClassifier whole) {
      return Accuracy.of(whole, test, testBatch);
    }
  }

  /** Features of unchanged images at a layer. */
  record Features(String layer, FrozenFeatures train, FrozenFeatures test, DataSet tests)
      implements TrainingInput {
    private static final int BATCH = 100;

    /** The features of a backbone that a phase leaves as it is; empty if they are too many. */
    public static Optional<TrainingInput> of(Backbone backbone, Graph whole, Pixels pixels) {
      Graph part = whole.upTo(backbone.layer());
      return FrozenFeatures.of(part, pixels.preprocessing(), pixels.train())
          .flatMap(
              train ->
                  FrozenFeatures.of(part, pixels.preprocessing(), pixels.test())
                      .map(test -> new Features(backbone.layer(), train, test, pixels.test())));
    }

    @Override
    public Graph part(Graph whole) {
      return whole.after(layer);
    }

    @Override
    public Tensor batch(int[] indices, Rng epoch) {
      return train.batch(indices);
    }

    @Override
    public Tensor fed(Tensor batch) {
      return batch;
    }

    @Override
    public double accuracy(GraphClassifier whole) {
      Graph head = part(whole.graph());
      long right = 0;
      for (int first = 0; first < test.size(); first += BATCH) {
        int end = Math.min(test.size(), first + BATCH);
        try (Scope scope = Scope.open();
            Gradients.Off off = Gradients.off()) {
          int[] indices = IntStream.range(first, end).toArray();
          Tensor logits = head.forward(test.batch(indices).to(whole.device()));
          right += Accuracy.right(logits, Batch.labels(tests, indices));
        }
      }
      return (double) right / test.size();
    }
  }
}
