package io.adversight.lab.response;

import io.adversight.graph.Graph;
import io.adversight.graph.Layer;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.lab.panel.Subject;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Prediction;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * What the network sees with some channels turned off, their activation set to zero everywhere: of
 * the clean image, of the adversarial image made for the whole network, and of one made for the
 * network as it is then. Cause, not only correlation: what is still fooled does not need them.
 */
public final class SwitchResponder implements Responder {
  private static final int CHANNELS_AT_MOST = 256;
  private static final int TOP = 4;

  private final PanelRequests requests;
  private final LiveAttacks attacks;

  /** A channel of a layer. */
  record Channel(String layer, int channel) {}

  /** The request. */
  record Parameters(PanelState state, List<Channel> off) {
    Parameters {
      if (off == null || off.size() > CHANNELS_AT_MOST || off.contains(null)) {
        throw new InputException("turn off at most %s channels".formatted(CHANNELS_AT_MOST));
      }
    }
  }

  /**
   * The answer.
   *
   * @param clean what the clean image is taken for with the channels off
   * @param same what the adversarial image of the whole network is taken for
   * @param sameSuccess whether that is still what the attack wanted
   * @param anew what an adversarial image made for the network without the channels is taken for
   * @param anewSuccess whether the attack reaches its goal there
   * @param classes the leading ones of the adversarial image, with all channels and without
   */
  record Fields(
      int off,
      ClassName.Predicted clean,
      ClassName.Predicted same,
      boolean sameSuccess,
      ClassName.Predicted anew,
      boolean anewSuccess,
      List<ClassName.BeforeAfter> classes) {}

  public SwitchResponder(PanelRequests requests, LiveAttacks attacks) {
    this.requests = requests;
    this.attacks = attacks;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    Parameters parameters = Json.read(message, Parameters.class);
    PanelRequest request = requests.of(parameters.state());
    GraphClassifier whole = request.classifier();
    Raster adversarial = attacks.find(request, cancel).adversarial().changed();
    GraphClassifier rest = without(whole, parameters.off());
    Raster view = request.subject().view();
    List<Prediction> seen = Subject.predict(rest, List.of(view, adversarial));
    Prediction before = Subject.predict(whole, List.of(adversarial)).get(0);
    Subject switched = new Subject(rest, view);
    PanelRequest again =
        new PanelRequest(
            switched,
            request.choice(),
            request.attack(),
            request.norm(),
            request.epsilon(),
            request.label(),
            request.target(),
            request.seed(),
            request.opened(),
            request.isAdaptive() ? switched : request.attacked());
    Prediction anew = attacks.attack(again, Optional.empty(), cancel).adversarial().after();
    frames.accept(
        Frame.last(
            new Fields(
                parameters.off().size(),
                ClassName.Predicted.top(seen.get(0), whole.labels()),
                ClassName.Predicted.top(seen.get(1), whole.labels()),
                UpdateChecks.reached(request, seen.get(1)),
                ClassName.Predicted.top(anew, whole.labels()),
                UpdateChecks.reached(request, anew),
                ClassName.BeforeAfter.of(before, seen.get(1), TOP, whole.labels())),
            List.of()));
  }

  /**
   * A network in which some channels are zero.
   *
   * @throws InputException for a channel that does not exist, or of a layer without maps
   */
  static GraphClassifier without(GraphClassifier classifier, List<Channel> off) {
    Map<String, Set<Integer>> byLayer = new LinkedHashMap<>();
    for (Channel channel : off) {
      byLayer
          .computeIfAbsent(classifier.layer(channel.layer()).name(), name -> new LinkedHashSet<>())
          .add(channel.channel());
    }
    if (byLayer.isEmpty()) {
      return classifier;
    }
    Graph graph = classifier.graph();
    Map<String, Tensor> constants = new HashMap<>(graph.constants());
    Map<String, String> renamed = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    try (Scope scope = Scope.open()) {
      for (Node node : graph.nodes()) {
        nodes.add(
            new Node(
                node.name(),
                node.operator(),
                node.inputs().stream().map(name -> renamed.getOrDefault(name, name)).toList()));
        Set<Integer> channels = byLayer.get(node.name());
        if (channels != null) {
          String mask = node.name() + "/switch";
          constants.put(mask, scope.release(mask(classifier.layer(node.name()), channels)));
          String switched = node.name() + "/switched";
          nodes.add(new Node(switched, new Arithmetic.Mul(), List.of(node.name(), mask)));
          renamed.put(node.name(), switched);
        }
      }
    }
    return classifier.withGraph(new Graph(graph.input(), nodes, constants, graph.output()));
  }

  private static Tensor mask(Layer layer, Set<Integer> off) {
    if (!layer.hasMaps()) {
      throw new InputException("layer \"%s\" has no channels to turn off".formatted(layer.name()));
    }
    int channels = channels(layer);
    float[] factors = new float[channels];
    Arrays.fill(factors, 1);
    for (int channel : off) {
      if (channel < 0 || channel >= channels) {
        throw new InputException(
            "channel %s does not exist; layer %s has channels 0 to %s"
                .formatted(channel, layer.name(), channels - 1));
      }
      factors[channel] = 0;
    }
    return layer.spread(Tensor.of(factors, 1, channels, 1, 1));
  }

  /** How many channels the maps of a layer have. */
  static int channels(Layer layer) {
    try (Scope scope = Scope.open()) {
      return (int) layer.maps(Tensor.zeros(layer.shape().toArray())).size(1);
    }
  }
}
