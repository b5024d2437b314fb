package io.adversight.training.architecture;

import io.adversight.attack.learned.Generator;
import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Reduction;
import io.adversight.home.ByteProgress;
import io.adversight.input.InputException;
import io.adversight.model.AxisOrder;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.model.Preprocessing;
import io.adversight.tensor.Device;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * An adversarial transformation network (Baluja and Fischer 2018) in front of the network that it
 * attacks. From an image x it makes a direction in [-1, 1] for any other class, and one for each
 * target class (layer {@code directions}); the attacked network sees clip(x + epsilon direction),
 * so its change is bounded in Linf. In training the direction is drawn for each image; outside it
 * is the first. The accuracy of the whole is the share of images on which the attack fails.
 *
 * @param attacked the network's name, or a path as {@code --model} takes it; its weights stay
 * @param epsilon the largest change of a pixel in training, in (0, 1]
 * @param width channels of the first convolution
 */
public record TransformationNetwork(String attacked, double epsilon, int width)
    implements Architecture {
  /** The layer that says which direction was drawn for each image, (N, 1 + classes), 0 or 1. */
  public static final String SELECTION = "selection";

  private static final String PIXELS = "pixels";
  private static final String NOISE = "draw";
  private static final String ATTACKED = "attacked_";
  private static final String ADVERSARIAL = "adversarial";
  private static final int SHRUNK = 4;
  private static final double FAR = 1e9;
  private static final double FIRST = 1; // makes the untargeted direction the one drawn most

  public TransformationNetwork {
    Check.positive(epsilon, "epsilon");
    Check.within(0.0, 1.0, epsilon, "epsilon");
    Check.within(2, 256, width, "width");
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    throw new IllegalStateException(
        "the network \"%s\" must be looked for first".formatted(attacked));
  }

  @Override
  public Architecture on(Models models) {
    GraphClassifier network =
        ModelReader.open(models.locate(attacked, ByteProgress.NONE), Device.CPU);
    Preprocessing preprocessing = network.card().preprocessing();
    if (preprocessing.layout() != AxisOrder.NCHW || preprocessing.channels() == ChannelOrder.BGR) {
      throw new InputException(
          "a transformation network is trained against networks of (N, C, H, W) in RGB or grey,"
              + " but \"%s\" takes %s in %s"
                  .formatted(attacked, preprocessing.layout(), preprocessing.channels()));
    }
    return new Found(network, this);
  }

  /** The architecture once its network is there. */
  private record Found(GraphClassifier network, TransformationNetwork settings)
      implements Architecture {
    @Override
    public Map<String, Integer> noise() {
      return Map.of(NOISE, 1 + network.card().classes());
    }

    @Override
    public List<String> outputs() {
      return List.of(ATTACKED + network.graph().output(), Generator.DIRECTIONS);
    }

    @Override
    public Graph graph(Input input, int classes, Rng rng) {
      if (!input.equals(network.card().input()) || classes != network.card().classes()) {
        throw new InputException(
            "\"%s\" takes images of %s in %s classes, but these are %s in %s classes"
                .formatted(
                    network.card().name(),
                    network.card().input(),
                    network.card().classes(),
                    input,
                    classes));
      }
      if (input.height() % SHRUNK != 0 || input.width() % SHRUNK != 0) {
        throw new InputException(
            "rows and columns must be multiples of %s, but the images have %s x %s"
                .formatted(SHRUNK, input.height(), input.width()));
      }
      GraphBuilder plan = new GraphBuilder(PIXELS, input.channels(), rng);
      generate(plan, input, classes);
      select(plan, classes);
      change(plan, input, classes);
      attack(plan, input);
      return plan.graph(ATTACKED + network.graph().output());
    }

    /** Two convolutions of stride 2, one between, and two that double the maps again. */
    private void generate(GraphBuilder plan, Input input, int classes) {
      int width = settings.width();
      String half = block(plan, 1, PIXELS, width, 2);
      String quarter = block(plan, 2, half, 2 * width, 2);
      String last = block(plan, 3, quarter, 2 * width, 1);
      last =
          plan.sum(
              "generator_skip2",
              block(plan, 4, plan.doubled("generator_up1", last), width, 1),
              half);
      last = block(plan, 5, plan.doubled("generator_up2", last), width, 1);
      int directions = (1 + classes) * input.channels();
      String seen = plan.concat("generator_seen", last, PIXELS);
      String conv = plan.biased("generator_conv6", seen, directions, 3, 1);
      plan.apply(Generator.DIRECTIONS, new Activation.Tanh(), directions, conv);
    }

    private static String block(GraphBuilder plan, int i, String from, int outputs, int stride) {
      String conv = plan.conv("generator_conv" + i, from, outputs, 3, stride);
      return plan.relu("generator_relu" + i, plan.norm("generator_norm" + i, conv));
    }

    /** 1 at the largest of one random number per direction; at the first without randomness. */
    private static void select(GraphBuilder plan, int classes) {
      int directions = 1 + classes;
      float[] bias = new float[directions];
      bias[0] = (float) FIRST;
      String first = plan.constant("draw_bias", Tensor.of(bias, 1, directions));
      plan.apply("draws", new Arithmetic.Add(), directions, first, plan.number(NOISE, 0));
      plan.apply("drawn", new Reduction.ReduceMax(List.of(1), true), 1, "draws");
      plan.apply("below_drawn", new Arithmetic.Sub(), directions, "draws", "drawn");
      plan.apply(
          "far_below", new Arithmetic.Mul(), directions, "below_drawn", plan.number("far", FAR));
      plan.relu(SELECTION, plan.plus("selected", "far_below", 1));
    }

    /** clip(x + epsilon direction). */
    private void change(GraphBuilder plan, Input input, int classes) {
      long directions = 1L + classes;
      int channels = input.channels();
      long rows = input.height();
      long columns = input.width();
      Layout each =
          new Layout.Reshape(List.of(-1L, directions, (long) channels, rows, columns), false);
      plan.apply("each_direction", each, channels, Generator.DIRECTIONS);
      plan.apply("selection_maps", new Layout.Unsqueeze(List.of(2, 3, 4)), 1, SELECTION);
      plan.product("selected_directions", "each_direction", "selection_maps");
      plan.apply(
          "direction", new Reduction.ReduceSum(List.of(1), false), channels, "selected_directions");
      plan.apply(
          "step",
          new Arithmetic.Mul(),
          channels,
          "direction",
          plan.number("epsilon", settings.epsilon()));
      plan.sum("moved", "step", PIXELS);
      plan.apply(ADVERSARIAL, new Activation.Clip(0, 1), channels, "moved");
    }

    /** The attacked network on the adversarial images, its names with a prefix. */
    private void attack(GraphBuilder plan, Input input) {
      Preprocessing preprocessing = network.card().preprocessing();
      int channels = input.channels();
      float[] scale = new float[channels];
      float[] shift = new float[channels];
      for (int c = 0; c < channels; c++) {
        scale[c] = (float) (preprocessing.range() / preprocessing.std().get(c));
        shift[c] = (float) (-preprocessing.mean().get(c) / preprocessing.std().get(c));
      }
      String factor = plan.constant("attacked_scale", Tensor.of(scale, 1, channels, 1, 1));
      String offset = plan.constant("attacked_shift", Tensor.of(shift, 1, channels, 1, 1));
      plan.apply("scaled", new Arithmetic.Mul(), channels, ADVERSARIAL, factor);
      plan.apply("preprocessed", new Arithmetic.Add(), channels, "scaled", offset);
      Graph graph = network.graph();
      graph.constants().forEach((name, tensor) -> plan.constant(ATTACKED + name, tensor));
      for (Node node : graph.nodes()) {
        String[] inputs =
            node.inputs().stream()
                .map(name -> name.equals(graph.input()) ? "preprocessed" : ATTACKED + name)
                .toArray(String[]::new);
        plan.apply(ATTACKED + node.name(), node.operator(), 0, inputs);
      }
    }
  }
}
