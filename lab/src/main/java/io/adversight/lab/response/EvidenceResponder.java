package io.adversight.lab.response;

import io.adversight.graph.Graph;
import io.adversight.graph.Layer;
import io.adversight.graph.Node;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
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
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which channels carry the class that the network sees after the attack, layer by layer, and which
 * of them feed each other; for the clean and for the changed image. A channel's evidence for class
 * k is gradient times activation, sum over places of a dz_k/da; an edge from channel i to channel j
 * of a later layer is the same for the mean of channel j in place of z_k. After Bluff (Das et al.
 * 2020), which weighs channels by their activation and edges by the size of what passes them.
 */
public final class EvidenceResponder implements Responder {
  private static final int LAYERS_AT_MOST = 64;
  private static final int LAYERS_WITH_EDGES = 24;
  private static final int CHANNELS = 4;
  private static final int SIDE = 16;

  private final PanelRequests requests;
  private final LiveAttacks attacks;

  /** The request; {@code layers} in the network's order. */
  record Parameters(PanelState state, List<String> layers) {
    Parameters {
      if (layers == null || layers.isEmpty() || layers.size() > LAYERS_AT_MOST) {
        throw new InputException("ask for 1 to %s layers".formatted(LAYERS_AT_MOST));
      }
    }
  }

  /** A channel and its evidence for the class in both images. */
  record Channel(int channel, @Nullable Double clean, @Nullable Double adversarial) {}

  /** The channels of a layer whose evidence grew most; {@code total} counts all. */
  record LayerFields(
      String layer, ClassName carried, int total, List<Channel> channels, double largest) {}

  /** From a channel of one layer to one of another. */
  record Edge(int from, int to, @Nullable Double clean, @Nullable Double adversarial) {}

  record EdgeFields(String fromLayer, String toLayer, List<Edge> edges) {}

  record Summary(ClassName carried, int layers) {}

  public EvidenceResponder(PanelRequests requests, LiveAttacks attacks) {
    this.requests = requests;
    this.attacks = attacks;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    Parameters parameters = Json.read(message, Parameters.class);
    PanelRequest request = requests.of(parameters.state());
    GraphClassifier classifier = request.classifier();
    List<Layer> layers = parameters.layers().stream().map(classifier::layer).toList();
    layers.forEach(EvidenceResponder::requireMaps);
    var adversarial = attacks.find(request, cancel).adversarial();
    ClassName carried = ClassName.of(adversarial.after().top(), classifier.labels());
    List<Raster> images = List.of(request.subject().view(), adversarial.changed());
    Map<String, List<Integer>> leading = new HashMap<>();
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(images).to(classifier.device());
      Trace trace = classifier.trace(pixels, layers.stream().map(Layer::name).toList());
      Objective logit = Objective.Logit.of(carried.index());
      for (Layer layer : layers) {
        stopIf(cancel);
        Tensor value = trace.activation(layer.name());
        float[] evidence = evidence(layer, value, trace.gradient(layer.name(), logit));
        int channels = evidence.length / 2;
        List<Integer> top = top(evidence, channels);
        leading.put(layer.name(), top);
        frames.accept(layerFrame(layer, carried, evidence, channels, top, value));
      }
    }
    List<Layer> some =
        layers.subList(Math.max(0, layers.size() - LAYERS_WITH_EDGES), layers.size());
    for (Layer to : some) {
      for (Layer from : sources(classifier.graph(), to, some)) {
        stopIf(cancel);
        frames.accept(edges(classifier, images, from, to, leading));
      }
    }
    frames.accept(Frame.last(new Summary(carried, layers.size()), List.of()));
  }

  private static void requireMaps(Layer layer) {
    if (!layer.hasMaps()) {
      throw new InputException(
          "layer \"%s\" has no maps; ask for layers with places".formatted(layer.name()));
    }
  }

  private static void stopIf(AtomicBoolean cancel) {
    if (cancel.get()) {
      throw new CancellationException("cancelled");
    }
  }

  /** Gradient times activation, summed over places: of the clean image, then of the changed one. */
  private static float[] evidence(Layer layer, Tensor value, Tensor gradient) {
    return layer.maps(value).mul(layer.maps(gradient)).sum(2, 3).asFloat().toFloats();
  }

  /** The channels whose evidence grew most, the largest growth first. */
  private static List<Integer> top(float[] evidence, int channels) {
    return IntStream.range(0, channels)
        .boxed()
        .sorted(Comparator.comparingDouble(c -> evidence[c] - evidence[channels + c]))
        .limit(CHANNELS)
        .toList();
  }

  private static Frame layerFrame(
      Layer layer,
      ClassName carried,
      float[] evidence,
      int channels,
      List<Integer> top,
      Tensor value) {
    List<Channel> rows =
        top.stream()
            .map(c -> new Channel(c, Finite.of(evidence[c]), Finite.of(evidence[channels + c])))
            .toList();
    double largest = 0;
    for (float each : evidence) {
      largest = Math.max(largest, Math.abs(each));
    }
    int[] chosen = top.stream().mapToInt(Integer::intValue).toArray();
    List<Raster> maps = Batches.rasters(layer.maps(value));
    List<Raster> small =
        maps.stream()
            .map(
                map ->
                    RasterResize.stretch(
                        picked(map, chosen), side(map.height()), side(map.width())))
            .toList();
    List<Integer> shape = List.of(chosen.length, small.get(0).height(), small.get(0).width());
    return Frame.part(
        new LayerFields(layer.name(), carried, channels, rows, largest),
        List.of(
            Blob.floats("clean", shape, small.get(0).toArray()),
            Blob.floats("adversarial", shape, small.get(1).toArray())));
  }

  private static int side(int size) {
    return Math.min(SIDE, size);
  }

  private static Raster picked(Raster maps, int[] channels) {
    return Raster.generate(
        channels.length, maps.height(), maps.width(), (c, y, x) -> maps.at(channels[c], y, x));
  }

  /** The nearest of some layers that a layer depends on: those with none of them in between. */
  static List<Layer> sources(Graph graph, Layer to, List<Layer> some) {
    Map<String, Node> nodes = new HashMap<>();
    graph.nodes().forEach(node -> nodes.put(node.name(), node));
    Map<String, Layer> wanted = new HashMap<>();
    some.forEach(layer -> wanted.put(layer.name(), layer));
    List<Layer> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<String> open = new ArrayList<>(Objects.requireNonNull(nodes.get(to.name())).inputs());
    while (!open.isEmpty()) {
      String name = open.remove(open.size() - 1);
      Node node = nodes.get(name);
      if (node == null || !seen.add(name)) {
        continue;
      }
      Layer layer = wanted.get(name);
      if (layer != null) {
        found.add(layer);
      } else {
        open.addAll(node.inputs());
      }
    }
    return found;
  }

  private static Frame edges(
      GraphClassifier classifier,
      List<Raster> images,
      Layer from,
      Layer to,
      Map<String, List<Integer>> leading) {
    List<Integer> sources = leading.getOrDefault(from.name(), List.of());
    List<Edge> edges = new ArrayList<>();
    try (Scope scope = Scope.open()) {
      Trace trace =
          classifier.trace(Batches.of(images).to(classifier.device()), List.of(from.name()));
      Tensor value = trace.activation(from.name());
      for (int target : leading.getOrDefault(to.name(), List.of())) {
        Objective mean = new Objective.Channel(to.name(), target);
        float[] passed = evidence(from, value, trace.gradient(from.name(), mean));
        int channels = passed.length / 2;
        for (int source : sources) {
          edges.add(
              new Edge(
                  source, target, Finite.of(passed[source]), Finite.of(passed[channels + source])));
        }
      }
    }
    return Frame.part(new EdgeFields(from.name(), to.name(), edges), List.of());
  }
}
