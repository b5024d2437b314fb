package io.adversight.lab.response;

import io.adversight.graph.BackwardRules;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Linear;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Blob;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * How one value of a convolution comes about, y = b + sum over channels c and places (i, j) of the
 * window of w(c, i, j) x(c, i, j), with the numbers of one image (after CNN Explainer, Wang et al.
 * 2020).
 */
public final class ArithmeticResponder implements Responder {
  private static final int CHANNELS = 6;

  private final PanelRequests requests;
  private final LiveAttacks attacks;

  /** The request; {@code on} is clean or adversarial. */
  record Parameters(PanelState state, String layer, int channel, int row, int column, String on) {
    Parameters {
      if (layer == null || !Set.of("clean", "adversarial").contains(on == null ? "" : on)) {
        throw new InputException("the arithmetic needs a layer, and clean or adversarial");
      }
    }
  }

  /** What one channel of the input adds. */
  record Term(int channel, double sum) {}

  /**
   * The answer; values lie in the blobs "input" and "weights" as (terms, height, width).
   *
   * @param value what the network computed
   * @param bias 0 where the convolution has none
   * @param terms the channels that add most, by size
   * @param others what all other channels of the input add
   * @param total how many channels of the input the value depends on
   * @param top row of the window's first element in the input; negative within the padding
   * @param left likewise its column
   */
  record Fields(
      String layer,
      int channel,
      int row,
      int column,
      double value,
      double bias,
      List<Term> terms,
      double others,
      int total,
      int top,
      int left) {}

  public ArithmeticResponder(PanelRequests requests, LiveAttacks attacks) {
    this.requests = requests;
    this.attacks = attacks;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    Parameters parameters = Json.read(message, Parameters.class);
    PanelRequest request = requests.of(parameters.state());
    GraphClassifier classifier = request.classifier();
    String layer = classifier.layer(parameters.layer()).name();
    Node node =
        classifier.graph().nodes().stream()
            .filter(each -> each.name().equals(layer))
            .findFirst()
            .orElseThrow();
    if (!(node.operator() instanceof Linear.Conv conv)) {
      throw new InputException(
          "layer \"%s\" is no convolution but %s".formatted(layer, node.operator().type()));
    }
    Raster image =
        parameters.on().equals("clean")
            ? request.subject().view()
            : attacks.find(request, cancel).adversarial().changed();
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      frames.accept(frame(parameters, classifier, node, conv, image));
    }
  }

  private static Frame frame(
      Parameters parameters,
      GraphClassifier classifier,
      Node node,
      Linear.Conv conv,
      Raster image) {
    Graph graph = classifier.graph();
    Tensor pixels = Batches.of(List.of(image)).to(classifier.device());
    String source = node.inputs().get(0);
    Map<String, Tensor> values =
        graph.forward(
            classifier.networkInput(pixels),
            BackwardRules.STANDARD,
            Set.of(node.name(), source, graph.output()));
    Tensor x = known(graph, values, source);
    Tensor y = known(graph, values, node.name());
    Tensor weights = known(graph, values, node.inputs().get(1));
    requireWithin(parameters, y);
    int perGroup = (int) weights.size(1);
    int kernelHeight = (int) weights.size(2);
    int kernelWidth = (int) weights.size(3);
    int group = (int) (parameters.channel() / (weights.size(0) / conv.groups()));
    List<Long> pads = conv.pads(x.shape(), weights.shape());
    int top = (int) (parameters.row() * conv.strides().get(0) - pads.get(0));
    int left = (int) (parameters.column() * conv.strides().get(1) - pads.get(1));
    int downBy = Math.toIntExact(conv.dilations().get(0));
    int rightBy = Math.toIntExact(conv.dilations().get(1));
    float[] kernel = weights.narrow(0, parameters.channel(), 1).asFloat().toFloats();
    Raster input = Batches.rasters(x.narrow(1, (long) group * perGroup, perGroup)).get(0);
    int window = kernelHeight * kernelWidth;
    float[] seen = new float[perGroup * window];
    double[] sums = new double[perGroup];
    for (int c = 0; c < perGroup; c++) {
      for (int i = 0; i < window; i++) {
        int row = top + downBy * (i / kernelWidth);
        int column = left + rightBy * (i % kernelWidth);
        boolean inside = row >= 0 && row < input.height() && column >= 0 && column < input.width();
        seen[c * window + i] = inside ? input.at(c, row, column) : 0;
        sums[c] += (double) seen[c * window + i] * kernel[c * window + i];
      }
    }
    double bias =
        node.inputs().size() > 2
            ? known(graph, values, node.inputs().get(2)).asFloat().toFloats()[parameters.channel()]
            : 0;
    List<Integer> order =
        IntStream.range(0, perGroup)
            .boxed()
            .sorted(Comparator.comparingDouble(c -> -Math.abs(sums[c])))
            .toList();
    List<Integer> largest = order.subList(0, Math.min(CHANNELS, perGroup));
    double others =
        order.subList(largest.size(), perGroup).stream().mapToDouble(c -> sums[c]).sum();
    float[] value = y.asFloat().contiguous().toFloats();
    int at =
        (int)
            ((parameters.channel() * y.size(2) + parameters.row()) * y.size(3)
                + parameters.column());
    List<Integer> shape = List.of(largest.size(), kernelHeight, kernelWidth);
    return Frame.last(
        new Fields(
            node.name(),
            parameters.channel(),
            parameters.row(),
            parameters.column(),
            value[at],
            bias,
            largest.stream().map(c -> new Term(group * perGroup + c, sums[c])).toList(),
            others,
            perGroup,
            top,
            left),
        List.of(
            Blob.floats("input", shape, picked(seen, largest, window)),
            Blob.floats("weights", shape, picked(kernel, largest, window))));
  }

  private static void requireWithin(Parameters parameters, Tensor y) {
    int[] place = {parameters.channel(), parameters.row(), parameters.column()};
    String[] names = {"channel", "row", "column"};
    for (int i = 0; i < place.length; i++) {
      if (place[i] < 0 || place[i] >= y.size(1 + i)) {
        throw new InputException(
            "%s %s does not exist; the layer has 0 to %s"
                .formatted(names[i], place[i], y.size(1 + i) - 1));
      }
    }
  }

  private static Tensor known(Graph graph, Map<String, Tensor> values, String name) {
    Tensor constant = graph.constants().get(name);
    Tensor value = constant == null ? values.get(name) : constant;
    if (value == null) {
      throw new InputException(
          "the weights of this layer are computed, not learned: it has no fixed arithmetic");
    }
    return value;
  }

  private static float[] picked(float[] values, List<Integer> rows, int length) {
    float[] some = new float[rows.size() * length];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(values, rows.get(i) * length, some, i * length, length);
    }
    return some;
  }
}
