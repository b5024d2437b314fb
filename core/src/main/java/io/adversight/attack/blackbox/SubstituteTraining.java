package io.adversight.attack.blackbox;

import io.adversight.attack.problem.Bounds;
import io.adversight.data.Labels;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.training.Trainer;
import io.adversight.model.Activations;
import io.adversight.model.ChannelOrder;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.InputResize;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.Objective;
import io.adversight.model.Oracle;
import io.adversight.model.OutputKind;
import io.adversight.model.Preprocessing;
import io.adversight.run.Run;
import io.adversight.tensor.Adam;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Trains a small network to answer as an oracle does: after each round every known image x is
 * joined by x + lambda sign(dF_y / dx), y the oracle's label of x, and the oracle is asked about
 * the new ones (Papernot et al. 2017, equation 2 and algorithm 1). So an image of the batch costs 2
 * to the power of the rounds queries at most.
 *
 * @param rounds of augmentation
 * @param lambda length of the augmentation's step; its sign turns every three rounds
 * @param epochs of training in each round
 * @param rate Adam's learning rate
 * @param maps of the first convolution; the second has twice as many
 */
@Doc("Substitute by Jacobian augmentation")
@Paper("papernot2017")
public record SubstituteTraining(
    @Doc("rounds of augmentation") int rounds,
    @Doc("length of the augmentation's step") double lambda,
    @Doc("epochs of training in each round") int epochs,
    @Doc("learning rate of Adam") double rate,
    @Doc("maps of the first convolution") int maps) {
  private static final int BATCH = 64;
  private static final int TURN = 3;

  /** The paper's six rounds of ten epochs with lambda = 0.1. */
  public SubstituteTraining() {
    this(6, 0.1, 10, 0.005, 16);
  }

  public SubstituteTraining {
    Check.within(0, 12, rounds, "rounds");
    Check.positive(lambda, "lambda");
    Check.atLeast(1, epochs, "epochs");
    Check.positive(rate, "rate");
    Check.atLeast(1, maps, "maps");
  }

  /**
   * A substitute of the network behind an oracle; it lives in the scope that is open at the call.
   *
   * @param seeds first images, one per image of the oracle
   * @param run its first image's randomness starts the weights
   */
  public Classifier train(Oracle oracle, Tensor seeds, Bounds bounds, Run run) {
    Rng rng = run.rng(0);
    Layers net = new Layers(seeds, oracle.classes(), maps);
    Graph substitute;
    try (Scope scope = Scope.open()) {
      List<Tensor> rows = new ArrayList<>();
      List<List<Integer>> labels = new ArrayList<>();
      for (int i = 0; i < run.size(); i++) {
        labels.add(new ArrayList<>());
        rows.add(seeds.rows(i));
      }
      ask(oracle, rows, labels, 0);
      Trainer trainer = new Trainer(net.graph(rng), seeds.device(), new Adam());
      fit(net, trainer, rows, labels, rng.split(1), run);
      for (int round = 0; round < rounds; round++) {
        run.checkCancelled();
        double step = lambda * (round / TURN % 2 == 0 ? 1 : -1);
        Graph graph = trainer.network();
        for (int i = 0; i < rows.size(); i++) {
          int known = labels.get(i).size();
          int able = Math.min(known, oracle.left(i));
          if (able > 0) {
            Tensor x = rows.get(i).narrow(0, 0, able);
            Tensor evaluation = jacobian(net, graph, x, labels.get(i).subList(0, able));
            Tensor more = bounds.clip(x.add(evaluation.sign().mul(step)));
            rows.set(i, Tensor.concat(List.of(rows.get(i), more), 0));
          }
        }
        ask(oracle, rows, labels, 1);
        fit(net, trainer, rows, labels, rng.split(2 + round), run);
        run.report(round + 1, rounds, "rounds");
      }
      substitute = trainer.network().to(seeds.device());
    }
    return new GraphClassifier(net.card(), Labels.numbers(net.classes), substitute, seeds.device());
  }

  /** Asks for the label of each image that has none yet, where queries are left. */
  private static void ask(
      Oracle oracle, List<Tensor> rows, List<List<Integer>> labels, int needed) {
    for (int i = 0; i < rows.size(); i++) {
      int known = labels.get(i).size();
      int open = (int) rows.get(i).size(0) - known;
      if (open > 0 && known >= needed && oracle.left(i) >= open) {
        for (int label : oracle.select(i).labels(rows.get(i).narrow(0, known, open))) {
          labels.get(i).add(label);
        }
      }
    }
  }

  private static Tensor jacobian(Layers net, Graph graph, Tensor x, List<Integer> labels) {
    Tensor leaf = x.leaf();
    Tensor logits = graph.forward(net.centred(leaf));
    return Gradients.of(new Objective.Logit(labels).values(Activations.ofLogits(logits)), leaf);
  }

  private void fit(
      Layers net,
      Trainer trainer,
      List<Tensor> rows,
      List<List<Integer>> labels,
      Rng rng,
      Run run) {
    List<Integer> classes = new ArrayList<>();
    List<Tensor> known = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      classes.addAll(labels.get(i));
      known.add(rows.get(i).narrow(0, 0, labels.get(i).size()));
    }
    Tensor images = Tensor.concat(known, 0);
    for (int epoch = 0; epoch < epochs && !classes.isEmpty(); epoch++) {
      run.checkCancelled();
      int[] order = rng.split(epoch).permutation(classes.size());
      for (int from = 0; from < order.length; from += BATCH) {
        int[] part = Arrays.copyOfRange(order, from, Math.min(from + BATCH, order.length));
        Objective loss =
            new Objective.CrossEntropy(Arrays.stream(part).mapToObj(classes::get).toList());
        trainer.step(
            network -> {
              Tensor logits = network.apply(net.centred(images.rows(part)));
              return loss.values(Activations.ofLogits(logits)).mean();
            },
            rate);
      }
    }
  }

  /** The substitute's layers: two convolutions of stride 2 with ReLU, and a dense one. */
  private static final class Layers {
    private final int channels;
    private final int height;
    private final int width;
    private final int classes;
    private final int maps;

    Layers(Tensor seeds, int classes, int maps) {
      this.channels = (int) seeds.size(1);
      this.height = (int) seeds.size(2);
      this.width = (int) seeds.size(3);
      this.classes = classes;
      this.maps = maps;
    }

    Tensor centred(Tensor pixels) {
      return pixels.sub(0.5);
    }

    private int features() {
      int rows = halved(halved(height));
      return 2 * maps * rows * halved(halved(width));
    }

    private static int halved(int side) {
      return (side + 1) / 2;
    }

    /** Normal weights with the variance 2 / inputs (He et al. 2015), zero biases. */
    private Map<String, Tensor> fresh(Rng rng) {
      return Map.of(
          "w1", normal(rng.split(10), 9 * channels, maps, channels, 3, 3),
          "b1", Tensor.zeros(maps),
          "w2", normal(rng.split(11), 9 * maps, 2L * maps, maps, 3, 3),
          "b2", Tensor.zeros(2L * maps),
          "w3", normal(rng.split(12), features(), classes, features()),
          "b3", Tensor.zeros(classes));
    }

    private static Tensor normal(Rng rng, int inputs, long... sizes) {
      int count = 1;
      for (long size : sizes) {
        count = (int) (count * size);
      }
      return Tensor.of(rng.normal(count), sizes).mul(Math.sqrt(2.0 / inputs));
    }

    /** The untrained network. */
    Graph graph(Rng rng) {
      Linear.Conv conv =
          new Linear.Conv(List.of(2L, 2L), List.of(1L, 1L, 1L, 1L), List.of(1L, 1L), 1);
      return new Graph(
          "pixels",
          List.of(
              new Node("conv1", conv, List.of("pixels", "w1", "b1")),
              new Node("relu1", new Activation.Relu(), List.of("conv1")),
              new Node("conv2", conv, List.of("relu1", "w2", "b2")),
              new Node("relu2", new Activation.Relu(), List.of("conv2")),
              new Node("flat", new Layout.Flatten(1), List.of("relu2")),
              new Node("logits", new Linear.Gemm(1, 1, false, true), List.of("flat", "w3", "b3"))),
          fresh(rng),
          "logits");
    }

    ModelCard card() {
      ChannelOrder order = channels == 1 ? ChannelOrder.GRAY : ChannelOrder.RGB;
      return ModelCard.of(
          "substitute",
          "substitute.onnx",
          new Input(channels, height, width),
          new Preprocessing(order, 1, List.of(0.5), List.of(1.0)),
          InputResize.stretch(),
          OutputKind.LOGITS,
          classes,
          new LabelSource.Numbers());
    }
  }
}
