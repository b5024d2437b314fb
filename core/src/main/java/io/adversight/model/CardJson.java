package io.adversight.model;

import io.adversight.data.Labels;
import io.adversight.graph.ModelFormatException;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON form of a {@link ModelCard}. */
final class CardJson {
  private static final JsonMapper MAPPER = Json.MAPPER;
  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                  .withObjectEmptySeparator("")
                  .withArrayEmptySeparator(""))
          .withObjectIndenter(INDENT)
          .withArrayIndenter(INDENT);

  private final String from;

  private CardJson(String from) {
    this.from = from;
  }

  static ModelCard parse(String json, String from) {
    CardJson reader = new CardJson(from);
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new ModelFormatException(from, Json.reason(e));
    }
    if (!root.isObject()) {
      throw reader.wrong("the card", "an object {...}", root);
    }
    try {
      return reader.card(root);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(from, String.valueOf(e.getMessage()));
    }
  }

  private ModelCard card(JsonNode root) {
    return new ModelCard(
        text(root, "name", null),
        new WeightsFile(
            text(root, "file", null),
            text(root, "sha256", "").toLowerCase(Locale.ROOT),
            whole(root, "bytes", 0L),
            text(root, "architecture", "")),
        new InputSpec(
            input(object(root, "input")),
            preprocessing(object(root, "preprocessing")),
            resize(object(root, "resize")),
            new FileInput(text(root, "inputName", ""), inputValues(root)),
            ""),
        new OutputSpec(
            choice(root, "output", OutputKind.values(), OutputKind::id),
            text(root, "outputName", ""),
            (int) whole(root, "classes", null),
            labels(root)),
        new ModelDescription(
            text(root, "title", ""),
            measured(root),
            text(root, "source", ""),
            text(root, "licence", ""),
            text(root, "note", ""),
            text(root, "extraData", "")));
  }

  private Input input(JsonNode node) {
    return new Input(
        (int) whole(node, "input.channels", null),
        (int) whole(node, "input.height", null),
        (int) whole(node, "input.width", null));
  }

  private Preprocessing preprocessing(JsonNode node) {
    return new Preprocessing(
        choice(node, "preprocessing.channels", ChannelOrder.values(), Enum::name),
        number(node, "preprocessing.range"),
        numbers(node, "preprocessing.mean"),
        numbers(node, "preprocessing.std"),
        field(node, "preprocessing.layout") == null
            ? AxisOrder.NCHW
            : choice(node, "preprocessing.layout", AxisOrder.values(), Enum::name));
  }

  private InputResize resize(JsonNode node) {
    var mode = choice(node, "resize.mode", InputResize.Mode.values(), InputResize.Mode::id);
    return mode == InputResize.Mode.STRETCH
        ? InputResize.stretch()
        : new InputResize(mode, (int) whole(node, "resize.shortSide", null));
  }

  private LabelSource labels(JsonNode root) {
    JsonNode node = field(root, "labels");
    if (node == null) {
      return new LabelSource.Numbers();
    }
    if (node.isString()) {
      String name = node.stringValue();
      return Labels.builtIn().contains(name)
          ? new LabelSource.BuiltIn(name)
          : new LabelSource.TextFile(name);
    }
    if (!node.isArray()) {
      throw wrong("labels", "the name of a label set, a file name or a list of names", node);
    }
    List<String> names = new ArrayList<>();
    for (JsonNode item : node) {
      if (!item.isString()) {
        throw wrong("labels", "a list of names", item);
      }
      names.add(item.stringValue());
    }
    return new LabelSource.Inline(names);
  }

  private Map<String, Double> measured(JsonNode root) {
    return numbersByName(root, "measured");
  }

  private Map<String, Double> inputValues(JsonNode root) {
    return numbersByName(root, "inputValues");
  }

  private Map<String, Double> numbersByName(JsonNode root, String key) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    JsonNode node = field(root, key);
    if (node == null) {
      return numbers;
    }
    if (!node.isObject()) {
      throw wrong(key, "an object of numbers", node);
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!entry.getValue().isNumber()) {
        throw wrong(key + " \"" + entry.getKey() + "\"", "a number", entry.getValue());
      }
      numbers.put(entry.getKey(), Json.number(entry.getValue()));
    }
    return numbers;
  }

  /** The value at the last part of a dotted path; null and absent are the same. */
  private static @Nullable JsonNode field(JsonNode parent, String path) {
    JsonNode node = parent.get(path.substring(path.lastIndexOf('.') + 1));
    return node == null || node.isNull() ? null : node;
  }

  private JsonNode required(JsonNode parent, String path) {
    JsonNode node = field(parent, path);
    if (node == null) {
      throw new ModelFormatException(from, "\"%s\" is missing".formatted(path));
    }
    return node;
  }

  private JsonNode object(JsonNode parent, String path) {
    JsonNode node = required(parent, path);
    if (!node.isObject()) {
      throw wrong(path, "an object {...}", node);
    }
    return node;
  }

  private String text(JsonNode parent, String path, @Nullable String absent) {
    if (absent != null && field(parent, path) == null) {
      return absent;
    }
    JsonNode node = required(parent, path);
    if (!node.isString()) {
      throw wrong(path, "a text", node);
    }
    return node.stringValue();
  }

  private long whole(JsonNode parent, String path, @Nullable Long absent) {
    if (absent != null && field(parent, path) == null) {
      return absent;
    }
    JsonNode node = required(parent, path);
    boolean fits = path.equals("bytes") ? node.canConvertToLong() : node.canConvertToInt();
    if (!node.isNumber() || !node.canConvertToExactIntegral() || !fits) {
      throw wrong(path, "a whole number", node);
    }
    return node.longValue();
  }

  private double number(JsonNode parent, String path) {
    JsonNode node = required(parent, path);
    if (!node.isNumber()) {
      throw wrong(path, "a number", node);
    }
    return Json.number(node);
  }

  private List<Double> numbers(JsonNode parent, String path) {
    JsonNode node = required(parent, path);
    List<Double> values = new ArrayList<>();
    for (JsonNode item : node.isArray() ? node : List.of(node)) {
      if (!item.isNumber()) {
        throw wrong(path, "a list of numbers", node);
      }
      values.add(Json.number(item));
    }
    return values;
  }

  private <E> E choice(JsonNode parent, String path, E[] values, Function<E, String> name) {
    String given = text(parent, path, null);
    List<String> names = new ArrayList<>();
    for (E value : values) {
      if (name.apply(value).equals(given)) {
        return value;
      }
      names.add(name.apply(value));
    }
    throw new ModelFormatException(
        from,
        "\"%s\" must be %s, but is \"%s\"".formatted(path, String.join(" or ", names), given));
  }

  private ModelFormatException wrong(String what, String expected, JsonNode came) {
    return new ModelFormatException(
        from, "\"%s\" must be %s, but is %s".formatted(what, expected, Json.shown(came)));
  }

  static String write(ModelCard card, UnaryOperator<List<String>> shown) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("name", card.name());
    root.put("title", card.title());
    root.put("file", card.file());
    if (!card.sha256().isEmpty()) {
      root.put("sha256", card.sha256());
    }
    if (card.bytes() > 0) {
      root.put("bytes", card.bytes());
    }
    root.putObject("input")
        .put("channels", card.input().channels())
        .put("height", card.input().height())
        .put("width", card.input().width());
    Preprocessing preprocessing = card.preprocessing();
    ObjectNode steps = root.putObject("preprocessing");
    steps.put("channels", preprocessing.channels().name());
    steps.set("range", shortest(preprocessing.range()));
    putNumbers(steps.putArray("mean"), preprocessing.mean());
    putNumbers(steps.putArray("std"), preprocessing.std());
    if (preprocessing.layout() != AxisOrder.NCHW) {
      steps.put("layout", preprocessing.layout().name());
    }
    ObjectNode resize = root.putObject("resize");
    resize.put("mode", card.resize().mode().id());
    if (card.resize().mode() != InputResize.Mode.STRETCH) {
      resize.put("shortSide", card.resize().shortSide());
    }
    putIfAny(root, "inputName", card.in().file().name());
    if (!card.in().file().others().isEmpty()) {
      ObjectNode others = root.putObject("inputValues");
      new TreeMap<>(card.in().file().others())
          .forEach((input, value) -> others.set(input, shortest(value)));
    }
    root.put("output", card.output().id());
    putIfAny(root, "outputName", card.outputName());
    root.put("classes", card.classes());
    if (card.labels() instanceof LabelSource.BuiltIn set) {
      root.put("labels", set.name());
    } else if (card.labels() instanceof LabelSource.TextFile text) {
      root.put("labels", text.file());
    } else if (card.labels() instanceof LabelSource.Inline inline) {
      shown.apply(inline.names()).forEach(root.putArray("labels")::add);
    }
    ObjectNode measured = root.putObject("measured");
    card.measured().forEach((on, value) -> measured.set(on, shortest(value)));
    putIfAny(root, "source", card.source());
    putIfAny(root, "licence", card.licence());
    putIfAny(root, "note", card.note());
    putIfAny(root, "extraData", card.extraData());
    putIfAny(root, "architecture", card.architecture());
    return MAPPER.writer().with(PRINTER).writeValueAsString(root);
  }

  private static void putNumbers(ArrayNode array, List<Double> values) {
    values.forEach(value -> array.add(shortest(value)));
  }

  private static void putIfAny(ObjectNode root, String key, String value) {
    if (!value.isEmpty()) {
      root.put(key, value);
    }
  }

  /** A whole number is written without its ".0". */
  private static JsonNode shortest(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? MAPPER.getNodeFactory().numberNode((long) value)
        : MAPPER.getNodeFactory().numberNode(value);
  }
}
