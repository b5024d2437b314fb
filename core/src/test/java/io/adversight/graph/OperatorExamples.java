package io.adversight.graph;

import static io.adversight.graph.OnnxFile.integer;
import static io.adversight.graph.OnnxFile.integers;
import static io.adversight.graph.OnnxFile.numbers;
import static io.adversight.graph.OnnxFile.text;
import static java.util.Map.entry;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Small uses of every operator that the importer reads, for a value of shape (N, 4, 6, 6) with
 * elements in (0, 1): where an operator has none here, it is used with one input.
 *
 * @param type the operator's name
 * @param what tells the uses of one operator apart
 * @param opset of the file
 * @param nodes what is added to a file
 */
public record OperatorExamples(String type, String what, int opset, Nodes nodes) {
  private static final int OPSET = 20;

  /** The name of the only constant, behind that of the example's output. */
  private static final List<String> W = List.of("w");

  /** Adds nodes that compute the value {@code out} from the value {@code in}. */
  @FunctionalInterface
  public interface Nodes {
    void add(OnnxFile file, String in, String out);
  }

  private static final Map<String, List<OperatorExamples>> SPECIAL = special();

  /** All uses of an operator. */
  public static List<OperatorExamples> of(String type) {
    List<OperatorExamples> composed = ComposedExamples.ALL.get(type);
    return composed != null ? composed : SPECIAL.getOrDefault(type, List.of(plain(type)));
  }

  @Override
  public String toString() {
    return type + what;
  }

  static OperatorExamples example(String type, String what, Nodes nodes) {
    return new OperatorExamples(type, what, OPSET, nodes);
  }

  static OperatorExamples plain(String type, AttributeProto... attributes) {
    return example(type, "", (file, in, out) -> file.node(type, out, List.of(in), attributes));
  }

  /** With constants as further inputs, made under the names of the list. */
  static OperatorExamples with(
      String type, String what, Nodes constants, List<String> inputs, AttributeProto... more) {
    return example(
        type,
        what,
        (file, in, out) -> {
          constants.add(file, in, out);
          List<String> all = new ArrayList<>(List.of(in));
          inputs.forEach(name -> all.add(name.isEmpty() ? "" : out + name));
          file.node(type, out, all, more);
        });
  }

  static OnnxFile floats(OnnxFile file, String name, long... sizes) {
    return file.floats(name, new Rng(5).uniform((int) Shape.of(sizes).elements(), 0.1, 1), sizes);
  }

  static Nodes weights(long... sizes) {
    return (file, in, out) -> floats(file, out + "w", sizes);
  }

  static Nodes list(long... values) {
    return (file, in, out) -> file.longs(out + "w", values);
  }

  /** With a constant, and with another value that the network computes. */
  private static List<OperatorExamples> binary(String type) {
    return List.of(
        with(type, " of a constant", weights(4, 1, 1), W),
        with(type, " of two values", (file, in, out) -> another(file, in, out + "w"), W));
  }

  static void another(OnnxFile file, String in, String out) {
    file.node("Sigmoid", out, List.of(in));
  }

  /** Of one value, which is handed on as it is, and of three. */
  private static List<OperatorExamples> variadic(String type) {
    return List.of(
        plain(type),
        with(
            type,
            " of three values",
            (file, in, out) -> {
              another(file, in, out + "w");
              floats(file, out + "c", 6);
            },
            List.of("w", "c")));
  }

  /** A condition chooses between two values, since a network's output cannot be one. */
  private static OperatorExamples condition(String type, Nodes condition) {
    return example(
        type,
        "",
        (file, in, out) -> {
          condition.add(file, in, out + "if");
          another(file, in, out + "other");
          file.node("Where", out, List.of(out + "if", in, out + "other"));
        });
  }

  private static OperatorExamples compare(String type) {
    return condition(
        type,
        (file, in, out) -> file.scalar(out + "c", 0.6).node(type, out, List.of(in, out + "c")));
  }

  private static OperatorExamples connect(String type) {
    return condition(
        type,
        (file, in, out) ->
            file.scalar(out + "low", 0.3)
                .scalar(out + "high", 0.7)
                .node("Greater", out + "a", List.of(in, out + "low"))
                .node("Less", out + "b", List.of(in, out + "high"))
                .node(type, out, List.of(out + "a", out + "b")));
  }

  private static List<OperatorExamples> reduction(String type) {
    return List.of(
        with(type, " over positions", list(2, 3), W),
        with(type, " over channels", list(1), W, integer("keepdims", 0)),
        plain(type, integer("noop_with_empty_axes", 1)));
  }

  /** Of an operator that never becomes a layer, before one that does. */
  static OperatorExamples leftOut(String type, AttributeProto... attributes) {
    return example(
        type,
        "",
        (file, in, out) ->
            file.node(type, out + "same", List.of(in), attributes)
                .node("Neg", out, List.of(out + "same")));
  }

  private static Map<String, List<OperatorExamples>> special() {
    return Map.ofEntries(
        entry("Add", binary("Add")),
        entry("Sub", binary("Sub")),
        entry("Mul", binary("Mul")),
        entry("Div", binary("Div")),
        entry("Pow", binary("Pow")),
        entry("PRelu", List.of(with("PRelu", "", weights(4, 1, 1), W))),
        entry("Sum", variadic("Sum")),
        entry("Max", variadic("Max")),
        entry("Min", variadic("Min")),
        entry("Equal", List.of(compare("Equal"))),
        entry("Greater", List.of(compare("Greater"))),
        entry("GreaterOrEqual", List.of(compare("GreaterOrEqual"))),
        entry("Less", List.of(compare("Less"))),
        entry("LessOrEqual", List.of(compare("LessOrEqual"))),
        entry("Where", List.of(compare("Greater"))),
        entry("And", List.of(connect("And"))),
        entry("Or", List.of(connect("Or"))),
        entry(
            "Not",
            List.of(
                condition(
                    "Not",
                    (file, in, out) ->
                        file.scalar(out + "c", 0.6)
                            .node("Less", out + "a", List.of(in, out + "c"))
                            .node("Not", out, List.of(out + "a"))))),
        entry(
            "Clip",
            List.of(
                plain("Clip"),
                with(
                    "Clip",
                    " between bounds",
                    (file, in, out) -> file.scalar(out + "w", 0.3).scalar(out + "h", 0.7),
                    List.of("w", "h")))),
        entry(
            "Conv",
            List.of(
                with("Conv", "", weights(3, 4, 3, 3), W, integers("pads", 1, 0, 1, 0)),
                with("Conv", " by depth", weights(4, 1, 2, 2), W, integer("group", 4)))),
        entry(
            "ConvTranspose",
            List.of(with("ConvTranspose", "", weights(4, 3, 2, 2), W, integers("strides", 2, 2)))),
        entry(
            "MaxPool",
            List.of(
                plain("MaxPool", integers("kernel_shape", 2, 2), integers("strides", 2, 2)),
                plain("MaxPool", integers("kernel_shape", 1, 1)))),
        entry(
            "AveragePool",
            List.of(
                plain("AveragePool", integers("kernel_shape", 3, 3), integers("pads", 1, 1, 1, 1)),
                plain("AveragePool", integers("kernel_shape", 1, 1)))),
        entry(
            "MatMul",
            List.of(
                with("MatMul", " of weights", weights(6, 5), W),
                with(
                    "MatMul",
                    " of two values",
                    (file, in, out) -> another(file, in, out + "w"),
                    W))),
        entry(
            "Gemm",
            List.of(
                example(
                    "Gemm",
                    "",
                    (file, in, out) ->
                        floats(file, out + "w", 144, 5)
                            .node("Flatten", out + "f", List.of(in))
                            .node("Gemm", out, List.of(out + "f", out + "w"))))),
        entry(
            "BatchNormalization",
            List.of(with("BatchNormalization", "", weights(4), List.of("w", "w", "w", "w")))),
        entry(
            "InstanceNormalization",
            List.of(with("InstanceNormalization", "", weights(4), List.of("w", "w")))),
        entry("LayerNormalization", List.of(with("LayerNormalization", "", weights(6), W))),
        entry("LRN", List.of(plain("LRN", integer("size", 3)))),
        entry("ReduceMean", reduction("ReduceMean")),
        entry("ReduceSum", reduction("ReduceSum")),
        entry("ReduceMax", reduction("ReduceMax")),
        entry("ReduceMin", reduction("ReduceMin")),
        entry(
            "Concat",
            List.of(
                plain("Concat", integer("axis", 1)),
                with(
                    "Concat",
                    " of two values",
                    (file, in, out) -> another(file, in, out + "w"),
                    W,
                    integer("axis", 1)))),
        entry(
            "Transpose",
            List.of(
                plain("Transpose", integers("perm", 0, 2, 3, 1)),
                plain("Transpose", integers("perm", 0, 1, 2, 3)))),
        entry(
            "Reshape",
            List.of(
                with("Reshape", " to rows", list(0, -1), W),
                with("Reshape", " with the batch open", list(-1, 4, 36), W),
                with("Reshape", " with the batch open and a 1", list(-1, 1, 12, 12), W),
                with("Reshape", " with the batch copied and a 1", list(0, 1, 12, 12), W),
                with("Reshape", " for a batch of 1", list(1, 144), W),
                with("Reshape", " to itself", list(0, 0, 0, 0), W))),
        entry(
            "Squeeze",
            List.of(
                example(
                    "Squeeze",
                    "",
                    (file, in, out) ->
                        file.node("GlobalMaxPool", out + "g", List.of(in))
                            .node("Squeeze", out, List.of(out + "g"))),
                plain("Squeeze"))),
        entry("Unsqueeze", List.of(with("Unsqueeze", "", list(1, -1), W))),
        entry(
            "Slice",
            List.of(
                with(
                    "Slice",
                    " of columns",
                    (file, in, out) ->
                        file.longs(out + "w", 1).longs(out + "e", 5).longs(out + "a", 3),
                    List.of("w", "e", "a")),
                with(
                    "Slice",
                    " of nothing",
                    (file, in, out) -> file.longs(out + "w").longs(out + "e"),
                    List.of("w", "e")))),
        entry("Gather", List.of(with("Gather", "", list(3, 0), W, integer("axis", 1)))),
        entry(
            "Expand",
            List.of(
                example(
                    "Expand",
                    "",
                    (file, in, out) ->
                        file.longs(out + "w", 4, 6, 6)
                            .node("GlobalMaxPool", out + "g", List.of(in))
                            .node("Expand", out, List.of(out + "g", out + "w"))),
                with("Expand", " to itself", list(1, 1, 1), W))),
        entry(
            "Tile",
            List.of(
                with("Tile", "", list(1, 2, 1, 1), W), with("Tile", " once", list(1, 1, 1, 1), W))),
        entry(
            "Pad",
            List.of(
                with("Pad", "", list(0, 0, 1, 0, 0, 0, 0, 2), W),
                with("Pad", " that wraps", list(0, 1, 1, 0, 0, 0, 0, 2), W, text("mode", "wrap")),
                with("Pad", " of edges", list(0, 1, 1, 0, 0, -1, 0, 2), W, text("mode", "edge")),
                with("Pad", " of nothing", list(0, 0, 0, 0, 0, 0, 0, 0), W))),
        entry(
            "Resize",
            List.of(
                resize(" by 2", 2, text("mode", "linear")),
                resize(" by cubic curves", 2, text("mode", "cubic")),
                resize(" with averaging", 0.5f, text("mode", "linear"), integer("antialias", 1)),
                resize(" by 1", 1),
                resize(" by a half", 0.5f))),
        entry(
            "Upsample",
            List.of(
                new OperatorExamples(
                    "Upsample",
                    "",
                    9,
                    (file, in, out) ->
                        file.floats(out + "w", new float[] {1, 1, 2, 2}, 4)
                            .node("Upsample", out, List.of(in, out + "w"))),
                new OperatorExamples(
                    "Upsample",
                    " by 1",
                    8,
                    (file, in, out) ->
                        file.node("Upsample", out, List.of(in), numbers("scales", 1, 1, 1, 1))))),
        entry(
            "Split",
            List.of(
                example(
                    "Split",
                    "",
                    (file, in, out) ->
                        file.node(
                                out,
                                "Split",
                                List.of(out + "a", out + "b"),
                                List.of(in),
                                integer("axis", 1),
                                integer("num_outputs", 2))
                            .node("Sub", out, List.of(out + "a", out + "b"))),
                example(
                    "Split",
                    " into one",
                    (file, in, out) ->
                        file.node(
                            out,
                            "Split",
                            List.of(out),
                            List.of(in),
                            integer("axis", 1),
                            integer("num_outputs", 1))))),
        entry("Identity", List.of(leftOut("Identity"))),
        entry("Dropout", List.of(leftOut("Dropout"))),
        entry("Cast", List.of(leftOut("Cast", integer("to", 1)))),
        entry(
            "Shape",
            List.of(
                example(
                    "Shape",
                    "",
                    (file, in, out) ->
                        file.node("Shape", out + "s", List.of(in), integer("end", 1))
                            .longs(out + "rest", -1)
                            .node(
                                "Concat",
                                out + "to",
                                List.of(out + "s", out + "rest"),
                                integer("axis", 0))
                            .node("Reshape", out, List.of(in, out + "to"))))),
        entry(
            "Size",
            List.of(
                example(
                    "Size",
                    "",
                    (file, in, out) ->
                        floats(file, out + "w", 4, 1, 1)
                            .node("Size", out + "n", List.of(out + "w"))
                            .node("Cast", out + "f", List.of(out + "n"), integer("to", 1))
                            .node("Div", out, List.of(in, out + "f"))))),
        entry(
            "Constant",
            List.of(
                example(
                    "Constant",
                    "",
                    (file, in, out) ->
                        file.node(
                                "Constant",
                                out + "c",
                                List.of(),
                                OnnxFile.value(OnnxFile.tensor(new float[] {0.5f})))
                            .node("Add", out, List.of(in, out + "c"))))),
        entry(
            "ConstantOfShape",
            List.of(
                example(
                    "ConstantOfShape",
                    "",
                    (file, in, out) ->
                        file.longs(out + "s", 4, 1, 1)
                            .node(
                                "ConstantOfShape",
                                out + "c",
                                List.of(out + "s"),
                                OnnxFile.value(OnnxFile.tensor(new float[] {0.5f}, 1)))
                            .node("Mul", out, List.of(in, out + "c"))))),
        entry(
            "Range",
            List.of(
                example(
                    "Range",
                    "",
                    (file, in, out) ->
                        file.scalar(out + "from", 0)
                            .scalar(out + "to", 6)
                            .scalar(out + "by", 1)
                            .node("Range", out + "r", List.of(out + "from", out + "to", out + "by"))
                            .node("Add", out, List.of(in, out + "r"))))));
  }

  private static OperatorExamples resize(String what, float scale, AttributeProto... attributes) {
    return with(
        "Resize",
        what,
        (file, in, out) -> file.floats(out + "w", new float[] {1, 1, scale, scale}, 4),
        List.of("", "w"),
        attributes);
  }
}
