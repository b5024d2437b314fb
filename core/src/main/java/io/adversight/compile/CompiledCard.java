package io.adversight.compile;

import io.adversight.model.GraphClassifier;
import io.adversight.text.Json;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands beside a compiled file: its inputs and outputs, its classes, and how close it is to
 * the library.
 *
 * @param file its name
 * @param compiled what it computes
 * @param network that was compiled
 * @param check the deviations of its outputs
 */
public record CompiledCard(
    String file,
    CompiledNetwork compiled,
    GraphClassifier network,
    List<CompiledCheck.Deviation> check) {
  private static final String OUTSIDE =
      "Not inside: decoding, resizing and cropping of images. Maps are for the logit of the class"
          + " that is given; an attack moves away from that class, with a negative epsilon or step"
          + " towards it.";

  public CompiledCard {
    check = List.copyOf(check);
  }

  /** As JSON. */
  public String json() {
    ObjectNode card = Json.MAPPER.createObjectNode();
    card.put("file", file);
    card.put("network", network.card().nameInResults());
    card.put("operatorSet", 17);
    ports(card.putArray("inputs"), compiled.inputs());
    ports(card.putArray("outputs"), compiled.outputs());
    card.put("notes", OUTSIDE);
    ArrayNode classes = card.putArray("classes");
    for (int i = 0; i < network.card().classes(); i++) {
      classes.add(network.labels().name(i));
    }
    ArrayNode checked = card.putArray("check");
    for (CompiledCheck.Deviation deviation : check) {
      checked
          .addObject()
          .put("output", deviation.output())
          .put("largestDeviation", deviation.largest())
          .put("relativeDeviation", deviation.relative())
          .put("shareApart", deviation.apart());
    }
    return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(card) + "\n";
  }

  private static void ports(ArrayNode array, List<CompiledNetwork.Port> ports) {
    ports.forEach(
        port ->
            array
                .addObject()
                .put("name", port.name())
                .put("type", port.type())
                .put("description", port.says()));
  }

  /** As Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# %s\n\n".formatted(file));
    text.append(
        "The network %s with explanations and attacks, in operators of ONNX operator set 17.\n\n"
            .formatted(network.card().nameInResults()));
    text.append("| input | type | what it is |\n| --- | --- | --- |\n");
    compiled.inputs().forEach(port -> text.append(row(port)));
    text.append("\n| output | type | what it is |\n| --- | --- | --- |\n");
    compiled.outputs().forEach(port -> text.append(row(port)));
    text.append("\n%s\n\n".formatted(OUTSIDE));
    text.append("Checked in ONNX Runtime against Adversight:\n\n");
    text.append("| output | largest deviation | over the largest element | elements apart |\n");
    text.append("| --- | --- | --- | --- |\n");
    for (CompiledCheck.Deviation deviation : check) {
      text.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %.1e | %.1e | %.4f %% |\n",
              deviation.output(),
              deviation.largest(),
              deviation.relative(),
              100 * deviation.apart()));
    }
    text.append(
        "\nElements apart differ by more than a thousandth of the largest: where a gradient lies"
            + " within rounding of 0, or a rectifier of its kink.\n");
    return text.toString();
  }

  private static String row(CompiledNetwork.Port port) {
    return "| `%s` | %s | %s |\n".formatted(port.name(), port.type(), port.says());
  }
}
