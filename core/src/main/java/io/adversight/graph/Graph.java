package io.adversight.graph;

import io.adversight.graph.operator.PerImageOperator;
import io.adversight.input.InputException;
import io.adversight.tensor.Device;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network: nodes in topological order, their constants (weights), one input and one output.
 * Immutable; safe for use by several threads.
 */
public final class Graph {
  private final String input;
  private final List<Node> nodes;
  private final Map<String, Tensor> constants;
  private final String output;
  private final Map<String, Integer> lastUse;

  /**
   * A graph of nodes in an order in which every input is known before it is used.
   *
   * @param constants tensors that live as long as the graph: outside any scope
   * @throws IllegalArgumentException if a name is used twice, or before it is known
   */
  public Graph(String input, List<Node> nodes, Map<String, Tensor> constants, String output) {
    this.input = input;
    this.nodes = List.copyOf(nodes);
    this.constants = Map.copyOf(constants);
    this.output = output;
    this.lastUse = new HashMap<>();
    Set<String> known = new LinkedHashSet<>(constants.keySet());
    if (!known.add(input)) {
      throw new IllegalArgumentException("the name \"%s\" is used twice".formatted(input));
    }
    for (int i = 0; i < this.nodes.size(); i++) {
      Node node = this.nodes.get(i);
      for (String name : node.inputs()) {
        if (!known.contains(name)) {
          throw new IllegalArgumentException(
              "node \"%s\" uses \"%s\" before it is known".formatted(node.name(), name));
        }
        lastUse.put(name, i);
      }
      if (!known.add(node.name())) {
        throw new IllegalArgumentException("the name \"%s\" is used twice".formatted(node.name()));
      }
    }
    if (!known.contains(output)) {
      throw new IllegalArgumentException("no node makes the output \"%s\"".formatted(output));
    }
  }

  /** The name of the input. */
  public String input() {
    return input;
  }

  /** The name of the node whose value is the network's output. */
  public String output() {
    return output;
  }

  /** The nodes in topological order. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The constants by name; they are never recorded. */
  public Map<String, Tensor> constants() {
    return constants;
  }

  /** This graph with other values for some constants. */
  public Graph withConstants(Map<String, Tensor> changed) {
    Map<String, Tensor> all = new HashMap<>(constants);
    all.putAll(changed);
    return new Graph(input, nodes, all, output);
  }

  /** This graph with its constants on {@code device}, in the layout convolutions prefer. */
  public Graph to(Device device) {
    Map<String, Tensor> moved = new HashMap<>();
    try (Scope scope = Scope.open()) {
      constants.forEach(
          (name, tensor) -> {
            Tensor there = tensor.to(device);
            moved.put(
                name, scope.release(there.rank() == 4 ? there.channelsLast() : there.alias()));
          });
    }
    return new Graph(input, nodes, moved, output);
  }

  /** The part of this graph that computes the value of the node {@code name}. */
  public Graph upTo(String name) {
    return new Graph(input, needed(name), constants, name);
  }

  /** The part of this graph that computes the values of some nodes, the output among them. */
  public Graph upToAll(Collection<String> names) {
    Set<String> wanted = new LinkedHashSet<>(names);
    wanted.add(output);
    Set<String> needed = needed(wanted);
    List<Node> kept = nodes.stream().filter(node -> needed.contains(node.name())).toList();
    return new Graph(input, kept, constants, output);
  }

  /**
   * The part of this graph behind the node {@code name}, whose value becomes the input.
   *
   * @throws IllegalArgumentException if the output can be reached past that node
   */
  public Graph after(String name) {
    Set<String> known = new LinkedHashSet<>(constants.keySet());
    known.add(name);
    List<Node> rest = new ArrayList<>();
    Graph whole = new Graph(input, needed(output), constants, output);
    Set<String> before = new LinkedHashSet<>();
    whole.needed(name).forEach(node -> before.add(node.name()));
    for (Node node : whole.nodes()) {
      if (known.containsAll(node.inputs()) && !node.name().equals(name)) {
        boolean onlyConstants = constants.keySet().containsAll(node.inputs());
        if (!before.contains(node.name()) || onlyConstants) {
          rest.add(node);
          known.add(node.name());
        }
      }
    }
    if (!known.contains(output)) {
      throw new InputException(
          "the output does not depend on layer \"%s\" alone: other paths lead around it"
              .formatted(name));
    }
    return new Graph(name, rest, constants, output);
  }

  /**
   * This graph in which the node {@code name} has a given value instead of computing it; nodes that
   * only that one needed are gone. The value belongs to one batch: so does the graph.
   */
  public Graph given(String name, Tensor value) {
    Map<String, Tensor> all = new HashMap<>(constants);
    all.put(name, value);
    List<Node> others = nodes.stream().filter(node -> !node.name().equals(name)).toList();
    return new Graph(input, others, all, output).upTo(output);
  }

  /** The names of the nodes that some of them depend on, they themselves among them. */
  private Set<String> needed(Set<String> names) {
    Set<String> wanted = new HashSet<>(names);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (wanted.contains(nodes.get(i).name())) {
        wanted.addAll(nodes.get(i).inputs());
      }
    }
    return wanted;
  }

  private List<Node> needed(String name) {
    Set<String> wanted = new LinkedHashSet<>();
    wanted.add(name);
    List<Node> kept = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (wanted.contains(node.name())) {
        kept.add(0, node);
        wanted.addAll(node.inputs());
      }
    }
    return kept;
  }

  /** Whether the last thing done, but for changes of shape and a Clip, is a softmax. */
  public boolean endsInSoftmax() {
    return endsIn(FinalActivation.Kind.SOFTMAX);
  }

  /** Whether the last thing done, but for changes of shape and a Clip, is a sigmoid. */
  public boolean endsInSigmoid() {
    return endsIn(FinalActivation.Kind.SIGMOID);
  }

  private boolean endsIn(FinalActivation.Kind kind) {
    return FinalActivation.of(this).filter(last -> last.kind() == kind).isPresent();
  }

  /** This graph without the softmax at its end, where it has one. */
  public Graph withoutSoftmax() {
    return without(FinalActivation.Kind.SOFTMAX);
  }

  /** This graph without the sigmoid at its end, where it has one. */
  public Graph withoutSigmoid() {
    return without(FinalActivation.Kind.SIGMOID);
  }

  private Graph without(FinalActivation.Kind kind) {
    return FinalActivation.of(this)
        .filter(last -> last.kind() == kind)
        .map(last -> last.without(this))
        .orElse(this);
  }

  /**
   * Whether the network was made for one image, so that each image of a batch is computed on its
   * own.
   */
  public boolean runsImageByImage() {
    return nodes.stream().anyMatch(node -> node.operator() instanceof PerImageOperator);
  }

  /** The output for a batch {@code x}; intermediate values are freed as soon as possible. */
  public Tensor forward(Tensor x) {
    return forward(x, BackwardRules.STANDARD);
  }

  /** The output for a batch {@code x}, computed under {@code rules}. */
  public Tensor forward(Tensor x, BackwardRules rules) {
    Map<String, Tensor> kept = run(x, rules, Set.of(output), Set.of());
    return known(kept, output);
  }

  /** The values of all nodes by name, the input's among them, computed under {@code rules}. */
  public Map<String, Tensor> forwardAll(Tensor x, BackwardRules rules) {
    return forwardAll(x, rules, Set.of());
  }

  /**
   * The values of all nodes by name, the input's among them, computed under {@code rules}; what
   * comes behind one of {@code leaves} is recorded, so that gradients with respect to it are known.
   */
  public Map<String, Tensor> forwardAll(Tensor x, BackwardRules rules, Set<String> leaves) {
    Set<String> all = new LinkedHashSet<>();
    all.add(input);
    nodes.forEach(node -> all.add(node.name()));
    return run(x, rules, all, leaves);
  }

  /**
   * The values of some nodes by name, computed under {@code rules}; nothing is computed that they
   * do not need, and everything else is freed as soon as possible.
   */
  public Map<String, Tensor> forward(Tensor x, BackwardRules rules, Set<String> wanted) {
    Map<String, Tensor> values = run(x, rules, wanted, Set.of());
    values.keySet().retainAll(wanted);
    return values;
  }

  private Map<String, Tensor> run(
      Tensor x, BackwardRules rules, Set<String> kept, Set<String> leaves) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    values.put(input, x);
    Set<String> needed = needed(kept);
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      if (!needed.contains(node.name())) {
        continue;
      }
      List<Tensor> inputs = new ArrayList<>(node.inputs().size());
      for (String name : node.inputs()) {
        Tensor constant = constants.get(name);
        inputs.add(constant == null ? known(values, name) : constant);
      }
      Tensor value = own(rules.forward(node, inputs), inputs);
      boolean starts = leaves.contains(node.name()) && !value.isRecorded();
      values.put(node.name(), starts ? value.leaf() : value);
      for (String name : node.inputs()) {
        if (isLastUse(name, i) && !kept.contains(name) && !name.equals(input)) {
          Tensor done = values.remove(name);
          if (done != null) {
            done.close();
          }
        }
      }
    }
    return values;
  }

  /**
   * A value that is freed on its own. An operator may hand on its input as it is (a sum of one
   * term, a Resize by 1): the last reader of the input must not free the output with it.
   */
  private static Tensor own(Tensor value, List<Tensor> inputs) {
    for (Tensor input : inputs) {
      if (input == value) {
        return value.alias();
      }
    }
    return value;
  }

  /** Whether no node behind the {@code node}-th uses the value of that name. */
  boolean isLastUse(String name, int node) {
    Integer last = lastUse.get(name);
    return last != null && last == node;
  }

  private static Tensor known(Map<String, Tensor> values, String name) {
    Tensor value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("the value of \"" + name + "\" is gone");
    }
    return value;
  }

  /**
   * The shapes of the values of all nodes by name, worked out without computing the values.
   *
   * @param x the shape of a batch
   * @throws IllegalArgumentException if such a batch does not fit
   */
  public Map<String, Shape> shapes(Shape x) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    constants.forEach((name, constant) -> shapes.put(name, constant.shape()));
    shapes.put(input, x);
    for (Node node : nodes) {
      shapes.put(node.name(), node.shape(shapes));
    }
    shapes.keySet().removeAll(constants.keySet());
    return shapes;
  }

  /** The nodes as layers with their shapes, for an image of the given shape (1, ...). */
  public List<Layer> layers(Shape image) {
    List<Layer> layers = new ArrayList<>();
    Map<String, Shape> shapes = shapes(image);
    Map<String, List<TrackedAxis>> positions = PositionTracker.of(this, image);
    for (Node node : nodes) {
      Shape shape = shapes.getOrDefault(node.name(), image);
      Optional<MapLayout> layout =
          Optional.ofNullable(positions.get(node.name()))
              .map(axes -> MapLayout.of(axes).orElse(MapLayout.NONE))
              .filter(
                  maps -> maps == MapLayout.NONE ? Layer.hasPlainShape(shape) : !maps.isPlain());
      layers.add(new Layer(node.name(), node.operator().type(), shape, layout));
    }
    return List.copyOf(layers);
  }

  /** The attentions in this graph, in order, for an image of the given shape (1, ...). */
  public List<AttentionBlock> attention(Shape image) {
    return AttentionBlocks.of(this, image);
  }

  /** The device that holds the constants. */
  public Device device() {
    return constants.values().stream().findFirst().map(Tensor::device).orElse(Device.CPU);
  }
}
