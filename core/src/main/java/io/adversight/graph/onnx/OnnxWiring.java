package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.adversight.graph.ModelFormatException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which node makes which value, and which nodes an output needs, in an order that works. */
final class OnnxWiring {
  private final String path;
  private final List<NodeProto> nodes;
  private final Map<String, Integer> makers = new HashMap<>();
  private final Map<String, TensorProto> initializers = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private final BitSet needed = new BitSet();

  OnnxWiring(String path, GraphProto graph, Collection<String> outputs) {
    this.path = path;
    this.nodes = graph.getNodeList();
    for (TensorProto tensor : graph.getInitializerList()) {
      if (initializers.put(tensor.getName(), tensor) != null) {
        throw wrong("the tensor \"%s\" is there twice".formatted(tensor.getName()));
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).getOutputCount() == 0) {
        throw wrong("node \"%s\" has no output".formatted(nodes.get(i).getName()));
      }
      for (String name : nodes.get(i).getOutputList()) {
        boolean twice = initializers.containsKey(name) || makers.put(name, i) != null;
        if (!name.isEmpty() && twice) {
          throw wrong("the value \"%s\" is made twice".formatted(name));
        }
      }
    }
    Deque<String> open = new ArrayDeque<>(outputs);
    while (!open.isEmpty()) {
      String name = open.pop();
      Integer maker = makers.get(name);
      if (used.add(name) && maker != null && !needed.get(maker)) {
        needed.set(maker);
        inputs(nodes.get(maker)).forEach(open::push);
      }
    }
  }

  /** What a node takes, and what the graphs in its attributes take from outside or inside. */
  private static Set<String> inputs(NodeProto node) {
    Set<String> names = new LinkedHashSet<>(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        attribute.getG().getNodeList().forEach(inner -> names.addAll(inputs(inner)));
        attribute.getG().getOutputList().forEach(value -> names.add(value.getName()));
      }
    }
    names.remove("");
    return names;
  }

  /** The names of all values of the graph. */
  Set<String> values() {
    Set<String> names = new HashSet<>(makers.keySet());
    names.addAll(initializers.keySet());
    return names;
  }

  /** Whether the output needs the value. */
  boolean isUsed(String name) {
    return !name.isEmpty() && used.contains(name);
  }

  @Nullable TensorProto initializer(String name) {
    return initializers.get(name);
  }

  /** The needed nodes, each after those whose values it uses, else in the file's order. */
  List<NodeProto> ordered() {
    Map<Integer, List<Integer>> users = new HashMap<>();
    int[] waiting = new int[nodes.size()];
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = needed.nextSetBit(0); i >= 0; i = needed.nextSetBit(i + 1)) {
      for (String name : inputs(nodes.get(i))) {
        Integer maker = makers.get(name);
        if (maker != null) {
          waiting[i]++;
          users.computeIfAbsent(maker, any -> new ArrayList<>()).add(i);
        }
      }
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    List<NodeProto> order = new ArrayList<>();
    BitSet left = (BitSet) needed.clone();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      left.clear(next);
      order.add(nodes.get(next));
      for (int user : users.getOrDefault(next, List.of())) {
        if (--waiting[user] == 0) {
          ready.add(user);
        }
      }
    }
    if (!left.isEmpty()) {
      NodeProto node = nodes.get(left.nextSetBit(0));
      throw wrong(
          "node \"%s\" (%s) needs its own result: the graph has a cycle"
              .formatted(
                  node.getName().isEmpty() ? node.getOutput(0) : node.getName(), node.getOpType()));
    }
    return order;
  }

  /**
   * The layer's name for each used value: the node's name where it has one of its own, else the
   * value's.
   *
   * @param taken names that are given already; the new ones are added
   * @param given names that some values have already
   */
  Map<String, String> layerNames(Set<String> taken, Map<String, String> given) {
    Map<String, Integer> count = new HashMap<>();
    nodes.forEach(node -> count.merge(node.getName(), 1, Integer::sum));
    Map<String, String> names = new HashMap<>();
    for (int i = needed.nextSetBit(0); i >= 0; i = needed.nextSetBit(i + 1)) {
      NodeProto node = nodes.get(i);
      List<String> outputs = node.getOutputList().stream().filter(this::isUsed).toList();
      boolean own =
          outputs.size() == 1
              && !node.getName().isEmpty()
              && count.getOrDefault(node.getName(), 0) == 1;
      for (String output : outputs) {
        String known = given.get(output);
        if (known != null) {
          names.put(output, known);
        } else if (!OnnxOperators.FOLDED.contains(node.getOpType())) {
          names.put(output, free(own ? node.getName() : output, output, taken));
        }
      }
    }
    return names;
  }

  private static String free(String first, String second, Set<String> taken) {
    if (taken.add(first)) {
      return first;
    }
    String free = second;
    for (int i = 2; !taken.add(free); i++) {
      free = second + "_" + i;
    }
    return free;
  }

  /** Says why a value is not there. */
  String missing(String name, String user, String input, GraphProto graph) {
    boolean other =
        graph.getInputList().stream().map(ValueInfoProto::getName).anyMatch(name::equals);
    return other
        ? "%s uses a second input \"%s\" beside \"%s\"; only one input is supported"
            .formatted(user, name, input)
        : "%s uses \"%s\", which nothing makes".formatted(user, name);
  }

  private ModelFormatException wrong(String message) {
    return new ModelFormatException(path, message);
  }
}
