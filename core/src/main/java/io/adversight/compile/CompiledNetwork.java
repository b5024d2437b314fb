package io.adversight.compile;

import io.adversight.attack.BoundedAttack;
import io.adversight.attribution.Attribution;
import io.adversight.graph.Graph;
import io.adversight.graph.derivative.Expression;
import io.adversight.graph.derivative.NoRule;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network together with explanations and one-step attacks, in operators of inference only.
 *
 * @param graph from pixels to logits and all outputs; further inputs are constants of it
 * @param image shape (1, C, H, W) of one image
 * @param inputs of the file, the pixels first
 * @param outputs of the file, the logits first
 */
public record CompiledNetwork(Graph graph, Shape image, List<Port> inputs, List<Port> outputs) {
  /** The explanations and attacks that can be compiled, each with its condition if it has one. */
  public static final List<String> ALGORITHMS =
      List.of(
          "gradient",
          "input-x-gradient",
          "integrated-gradients (from black)",
          "cam",
          "grad-cam",
          "grad-cam-plus-plus (formula paper)",
          "x-grad-cam",
          "hi-res-cam",
          "layer-cam",
          "grad-cam-element-wise",
          "fgsm",
          "pgd (one step)");

  public CompiledNetwork {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * An input or output of the file.
   *
   * @param name by which a runtime knows it
   * @param type shape and element type
   * @param says what it is
   */
  public record Port(String name, String type, String says) {}

  /**
   * Compiles a network.
   *
   * @param algorithms explanations and attacks by name
   * @throws InputException if an algorithm cannot be compiled, an operator of the network has no
   *     symbolic gradient, or the network is behind a defence
   */
  public static CompiledNetwork of(GraphClassifier network, Map<String, Object> algorithms) {
    network.card().ensureExclusive();
    if (network.transform().isPresent()) {
      throw new InputException(
          "a network behind a defence cannot be compiled; compile the network alone");
    }
    Map<String, Part> parts = new LinkedHashMap<>();
    algorithms.forEach((name, algorithm) -> parts.put(name, part(name, algorithm)));
    try (Scope scope = Scope.open()) {
      return of(new Draft(network, List.copyOf(parts.values())), parts);
    } catch (NoRule e) {
      throw new InputException(
          "this network cannot be compiled: %s; explain and attack compute its gradients by automatic differentiation"
              .formatted(e.getMessage()));
    }
  }

  private static Part part(String name, Object algorithm) {
    Optional<Part> part =
        algorithm instanceof Attribution method
            ? ExplanationPart.of(name, method)
            : algorithm instanceof BoundedAttack attack ? AttackPart.of(attack) : Optional.empty();
    return part.orElseThrow(
        () ->
            new InputException(
                "%s cannot be compiled; these can: %s"
                    .formatted(name, String.join(", ", ALGORITHMS))));
  }

  private static CompiledNetwork of(Draft draft, Map<String, Part> parts) {
    String image =
        "(N, %%s, %s, %s) float32".formatted(draft.image().size(2), draft.image().size(3));
    List<Port> outputs = new ArrayList<>();
    outputs.add(
        new Port(
            draft.logits().name(),
            "(N, %s) float32".formatted(draft.logits().size(1)),
            "the logits"));
    parts.forEach(
        (name, part) -> {
          draft.graph().name(name);
          Expression value = part.value(draft);
          String free = draft.graph().free(name, "");
          draft.graph().output(value, free);
          outputs.add(new Port(free, image.formatted(value.size(1)), part.says()));
        });
    return new CompiledNetwork(
        draft.graph().graph(draft.logits().name()), draft.image(), draft.ports(), outputs);
  }

  /** The ONNX file: operator set 17, with a batch of any size. */
  public byte[] file(Map<String, String> metadata) {
    Map<String, Boolean> further = new LinkedHashMap<>();
    for (Port input : inputs.subList(1, inputs.size())) {
      further.put(input.name(), !input.type().startsWith("()"));
    }
    return OnnxWriter.write(
        graph, image, further, outputs.stream().map(Port::name).toList(), metadata);
  }
}
