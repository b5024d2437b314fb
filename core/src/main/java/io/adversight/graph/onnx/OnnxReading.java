package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.adversight.graph.Graph;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Layout;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import io.adversight.tensor.TensorException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * One reading of a file's graph: walks the nodes in order, works out shapes, folds what is known
 * and makes nodes of the rest.
 *
 * <p>Shapes are worked out for batches of two sizes at once, or of one size alone. Whatever comes
 * out the same for both does not depend on the batch; what does is expressed so that any batch
 * works, or refused.
 */
final class OnnxReading {
  /** The batch sizes for which everything is worked out. */
  static final List<Long> PROBES = List.of(2L, 3L);

  /** A single activation may have this many elements, for a batch of the largest probe. */
  private static final long LARGEST_ACTIVATION = 1L << 29;

  /** What is known at load may grow to this many elements, or to four times its inputs. */
  private static final long LARGEST_FOLD = 1L << 22;

  /** All values together that are known at load without being in the file. */
  private static final long ALL_FOLDS = 1L << 28;

  /** As many nodes may stand in for those of a file, in functions and branches all together. */
  private static final int MOST_INLINED = 1 << 16;

  /** Functions may call functions this deep. */
  private static final int DEEPEST = 32;

  private final String path;
  private final Map<String, Integer> opsets;
  private final LocalFunctions functions;
  private final GraphProto proto;
  private final OnnxInput input;
  private final OnnxTensors tensors;
  private final Scope scope;
  private final OnnxWiring wiring;
  private final Map<String, OnnxValue> values = new HashMap<>();
  private final Map<String, DataType> elementTypes = new HashMap<>();
  private final Map<String, Tensor> constants = new HashMap<>();
  private final Map<String, String> constantNames = new HashMap<>();
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final ImportLimits limits;
  private final Set<String> valueNames = new HashSet<>();
  private int inlined;
  private long folded;
  private double activations;
  private double work;

  OnnxReading(
      String path,
      Map<String, Integer> opsets,
      LocalFunctions functions,
      GraphProto proto,
      OnnxInput input,
      OnnxTensors tensors,
      OnnxWiring wiring,
      ImportLimits limits,
      Scope scope) {
    this.path = path;
    this.opsets = opsets;
    this.functions = functions;
    this.proto = proto;
    this.input = input;
    this.tensors = tensors;
    this.wiring = wiring;
    this.limits = limits;
    this.scope = scope;
  }

  /** The graph that computes {@code output}. */
  Graph graph(String output) {
    taken.add(input.name());
    values.put(input.name(), input.value());
    valueNames.add(input.name());
    valueNames.addAll(wiring.values());
    Region whole = new Region(wiring, wiring.layerNames(taken, Map.of()), opsets, 0);
    for (NodeProto node : wiring.ordered()) {
      read(node, whole);
    }
    if (!(value(output, "the output") instanceof OnnxValue.Computed computed)) {
      throw wrong("the output \"%s\" does not depend on the input".formatted(output));
    }
    if (nodes.isEmpty()) {
      throw wrong("the network has no layers: its output is its input");
    }
    if (computed.kind() != OnnxValue.Kind.REAL) {
      throw wrong(
          "the output \"%s\" must be floating point numbers, but is %s"
              .formatted(output, computed.kind()));
    }
    Graph graph = new Graph(input.name(), List.copyOf(nodes.values()), constants, computed.node());
    return inlined > 0 ? graph.upTo(computed.node()) : graph;
  }

  /**
   * Nodes that are read together.
   *
   * @param names of the layers, by value
   * @param depth how many functions and branches it lies in
   */
  private record Region(
      OnnxWiring wiring, Map<String, String> names, Map<String, Integer> opsets, int depth) {}

  private void read(NodeProto proto, Region region) {
    String label = proto.getName().isEmpty() ? proto.getOutput(0) : proto.getName();
    List<Optional<OnnxValue>> inputs = new ArrayList<>();
    List<Optional<DataType>> types = new ArrayList<>();
    for (String name : proto.getInputList()) {
      inputs.add(
          name.isEmpty()
              ? Optional.empty()
              : Optional.of(value(name, "node \"%s\"".formatted(label))));
      types.add(Optional.ofNullable(elementTypes.get(name)));
    }
    int opset = region.opsets().getOrDefault(OnnxOpsets.domain(proto.getDomain()), 1);
    OnnxNode node = new OnnxNode(proto, path, label, opset, input.batch(), inputs, types);
    Optional<FunctionBody> body = guarded(node, () -> body(node, proto));
    if (body.isPresent()) {
      inline(node, proto, body.get(), region);
    } else {
      outputs(node, proto, region);
    }
  }

  /** What stands for a node: a function's body, or the branch of an If. */
  private Optional<FunctionBody> body(OnnxNode node, NodeProto proto) {
    Optional<FunctionBody> local = functions.body(proto);
    if (local.isPresent()) {
      return local;
    }
    if (node.type().equals("If")) {
      return Optional.of(FunctionBody.ofBranch(OnnxFolds.branch(node)));
    }
    return OnnxFunctions.body(node);
  }

  private void inline(OnnxNode node, NodeProto call, FunctionBody body, Region region) {
    inlined += body.nodes().size();
    if (region.depth() == DEEPEST || inlined > MOST_INLINED) {
      throw node.wrong("its function calls functions without end, or is too large");
    }
    String label = call.getName().isEmpty() ? call.getOutput(0) : call.getName();
    GraphProto graph = body.inPlaceOf(call, label, name -> freshValue(label + "/" + name));
    List<String> wanted = call.getOutputList().stream().filter(region.wiring()::isUsed).toList();
    OnnxWiring inner = new OnnxWiring(path, graph, wanted);
    Region own =
        new Region(
            inner,
            inner.layerNames(taken, region.names()),
            body.opsets().isEmpty() ? region.opsets() : body.opsets(),
            region.depth() + 1);
    for (NodeProto each : inner.ordered()) {
      read(each, own);
    }
  }

  private String freshValue(String name) {
    String fresh = name;
    for (int i = 2; !valueNames.add(fresh); i++) {
      fresh = name + "_" + i;
    }
    return fresh;
  }

  private void outputs(OnnxNode node, NodeProto proto, Region region) {
    if (!OnnxOperators.isKnown(node.type())) {
      throw node.unknown();
    }
    for (int i = 0; i < proto.getOutputCount(); i++) {
      String name = proto.getOutput(i);
      if (region.wiring().isUsed(name)) {
        String layer = region.names().getOrDefault(name, name);
        int index = i;
        values.put(name, guarded(node, () -> output(node, index, layer, proto)));
        node.elementType().ifPresent(type -> elementTypes.put(name, type));
      }
    }
  }

  private static <T> T guarded(OnnxNode node, Supplier<T> step) {
    try {
      return step.get();
    } catch (ModelFormatException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw node.wrong(String.valueOf(e.getMessage()));
    } catch (TensorException.OutOfMemory e) {
      throw node.wrong("there is not enough memory to compute it");
    } catch (OutOfMemoryError e) {
      throw node.wrong("it does not fit into the Java heap; start with a larger -Xmx");
    } catch (RuntimeException e) {
      // What the checks of single operators overlook: nothing that a file holds is our fault.
      ModelFormatException wrong =
          node.wrong("it does not fit its inputs, which are " + node.described());
      wrong.initCause(e);
      throw wrong;
    }
  }

  private OnnxValue output(OnnxNode node, int index, String name, NodeProto proto) {
    return switch (node.type()) {
      case "Identity" -> node.input(0);
      case "Dropout" -> {
        if (index > 0) {
          throw node.wrong("its mask is used, which is not supported");
        }
        if (node.hasInput(2) && node.fixed(2).item() != 0 && node.number("ratio", 1, 0.5) != 0) {
          throw node.wrong("training_mode is not supported; export the network for inference");
        }
        yield node.input(0);
      }
      case "Shape" -> OnnxFolds.shape(node);
      case "Size" -> OnnxFolds.size(node);
      case "Constant" -> OnnxValue.Known.everywhere(OnnxFolds.constant(node, tensors), 2);
      case "Cast" ->
          node.isKnown() ? fold(node, index) : cast(node, OnnxFolds.kind(node), name, proto);
      case "CastLike" -> {
        OnnxValue.Kind kind = OnnxFolds.kindLike(node);
        yield node.input(0) instanceof OnnxValue.Known known
            ? OnnxFolds.cast(known, kind)
            : cast(node, kind, name, proto);
      }
      default -> {
        if (node.isKnown()) {
          taken.remove(name);
          yield fold(node, index);
        }
        yield step(node, OnnxOperators.read(node, index), name, proto);
      }
    };
  }

  /** Numbers of all kinds are floating point numbers in the engine: often nothing is to be done. */
  private OnnxValue cast(OnnxNode node, OnnxValue.Kind kind, String name, NodeProto proto) {
    OnnxValue value = node.input(0);
    if (!(value instanceof OnnxValue.Computed computed) || kind == value.kind()) {
      return value;
    }
    boolean real = value.kind() == OnnxValue.Kind.REAL;
    if (value.kind() == OnnxValue.Kind.CONDITION || real) {
      Activation.Function function =
          real ? Activation.Function.TRUNCATE : Activation.Function.NUMBER;
      NodePlan plan = NodePlan.first(new Activation.Elementary(function));
      OnnxValue.Computed done = (OnnxValue.Computed) step(node, plan, free(name), proto);
      return new OnnxValue.Computed(done.node(), done.shapes(), kind);
    }
    return new OnnxValue.Computed(computed.node(), computed.shapes(), kind);
  }

  private OnnxValue step(OnnxNode node, NodePlan step, String name, NodeProto proto) {
    List<OnnxValue> from = new ArrayList<>();
    List<String> inputs = new ArrayList<>();
    for (int i : step.inputs()) {
      if (i == NodePlan.GRAPH_INPUT) {
        from.add(input.value());
        inputs.add(input.name());
      } else {
        from.add(node.input(i));
        inputs.add(nameOf(node, node.input(i), proto.getInput(i)));
      }
    }
    OnnxValue.Kind kind = OnnxKinds.of(step.operator(), from);
    List<Shape> shapes = new ArrayList<>();
    for (int probe = 0; probe < input.shapes().size(); probe++) {
      int at = probe;
      Shape shape =
          step.operator().shape(from.stream().map(value -> value.shapes().get(at)).toList());
      if (shape.elements() > LARGEST_ACTIVATION) {
        throw node.wrong("its output %s is too large".formatted(shape));
      }
      if (shape.elements() == 0) {
        throw node.wrong("its output %s is empty".formatted(shape));
      }
      shapes.add(shape);
    }
    double images = input.shapes().get(0).size(0);
    List<Shape> inputShapes = from.stream().map(value -> value.shapes().get(0)).toList();
    activations += shapes.get(0).elements() / images;
    work += step.operator().work(inputShapes, shapes.get(0)) / images;
    limits.check(activations, work);
    nodes.put(name, new Node(name, step.operator(), inputs));
    return new OnnxValue.Computed(name, shapes, kind);
  }

  /** The name by which a node's input is known in the graph. */
  private String nameOf(OnnxNode node, OnnxValue value, String name) {
    if (value instanceof OnnxValue.Computed computed) {
      return computed.node();
    }
    OnnxValue.Known known = (OnnxValue.Known) value;
    String existing = constantNames.get(name);
    if (existing != null) {
      return existing;
    }
    String free = free(name);
    constantNames.put(name, free);
    if (known.isFixed()) {
      Tensor fixed = known.tensors().get(0);
      // What the network computes are floating point numbers, whatever they stand for.
      boolean whole = known.kind() == OnnxValue.Kind.WHOLE;
      constants.put(free, scope.release((whole ? fixed.asFloat() : fixed).contiguous()));
    } else {
      repeated(node, known, free);
    }
    return free;
  }

  /** A known value that is the same for each image of a batch: kept once, and repeated. */
  private void repeated(OnnxNode node, OnnxValue.Known known, String name) {
    Tensor small = known.tensors().get(0);
    Tensor large = known.tensors().get(1);
    long[] sizes = small.shape().toArray();
    for (int dim = 0; dim < small.rank(); dim++) {
      Shape expected = small.shape().with(dim, PROBES.get(1));
      if (sizes[dim] == PROBES.get(0) && large.shape().equals(expected)) {
        Tensor one = small.narrow(dim, 0, 1);
        boolean same =
            Arrays.equals(one.expand(sizes).toDoubles(), small.toDoubles())
                && Arrays.equals(one.expand(expected.toArray()).toDoubles(), large.toDoubles());
        if (same) {
          String base = free(name + ".once");
          constants.put(base, scope.release(one.contiguous()));
          sizes[dim] = -1;
          Layout.Expand expand = new Layout.Expand(LongStream.of(sizes).boxed().toList());
          nodes.put(name, new Node(name, expand, List.of(base, input.name())));
          return;
        }
      }
    }
    throw node.wrong("the constant \"%s\" depends on the batch size".formatted(name));
  }

  private String free(String name) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  private OnnxValue fold(OnnxNode node, int output) {
    int probes = node.isFixed() ? 1 : input.shapes().size();
    List<Tensor> results = new ArrayList<>();
    for (int probe = 0; probe < probes; probe++) {
      results.add(folded(node.at(probe), output));
    }
    if (probes == 1 || isSame(results.get(0), results.get(1))) {
      return OnnxValue.Known.everywhere(results.get(0), input.shapes().size());
    }
    return new OnnxValue.Known(results);
  }

  private static boolean isSame(Tensor a, Tensor b) {
    return a.shape().equals(b.shape())
        && a.elements() <= LARGEST_FOLD
        && Arrays.equals(a.toDoubles(), b.toDoubles());
  }

  private Tensor folded(OnnxNode node, int output) {
    if (output == 0) {
      Optional<Tensor> special = OnnxFolds.special(node, tensors, LARGEST_FOLD, ALL_FOLDS - folded);
      if (special.isPresent()) {
        folded += special.get().elements();
        return special.get();
      }
    }
    NodePlan step = OnnxOperators.read(node, output);
    List<Tensor> inputs = step.inputs().stream().map(i -> node.known(i).get(0)).toList();
    List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
    Shape shape = step.operator().shape(shapes);
    long elements = shape.elements();
    long given = shapes.stream().mapToLong(Shape::elements).sum();
    folded += elements;
    if (elements > Math.max(LARGEST_FOLD, 4 * given) || folded > ALL_FOLDS) {
      throw node.wrong("a constant of %s elements is too large".formatted(elements));
    }
    work += step.operator().work(shapes, shape);
    limits.check(activations, work);
    return step.operator().forward(inputs);
  }

  private OnnxValue value(String name, String user) {
    OnnxValue value = values.get(name);
    if (value == null) {
      TensorProto initializer = wiring.initializer(name);
      if (initializer == null) {
        throw wrong(wiring.missing(name, user, input.name(), proto));
      }
      value = OnnxValue.Known.everywhere(tensors.read(initializer, name), input.shapes().size());
      values.put(name, value);
      DataType type = DataType.forNumber(initializer.getDataType());
      if (type != null) {
        elementTypes.put(name, type);
      }
    }
    return value;
  }

  private ModelFormatException wrong(String message) {
    return new ModelFormatException(path, message);
  }
}
