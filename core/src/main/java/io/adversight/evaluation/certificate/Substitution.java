package io.adversight.evaluation.certificate;

import io.adversight.graph.Node;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Backward substitution (Zhang et al. 2018, theorem 3.2): a linear function of a layer is expressed
 * by the layers before it, each bent layer replaced by its lower or upper line as the sign of the
 * coefficient asks, until it is an affine function of the pixels.
 *
 * <p>The outputs of bent layers are variables at 0. Between them the network is affine, so values
 * at 0 are the constant terms, and gradients are the coefficients.
 */
final class Substitution {
  private final PiecewiseAffine network;
  private final Map<String, Relaxation> relaxations;
  private final Gradients.Recording recording;
  private final Map<String, Tensor> outputs;
  private final long rows;
  private final Map<String, Tensor> variables = new LinkedHashMap<>();
  private final Map<String, Tensor> values = new HashMap<>();
  private final Map<String, Set<String>> behind = new HashMap<>();

  /**
   * @param network the network
   * @param outputs one value of the pixels and of each bent layer, for their shapes (1, ...)
   * @param relaxations of the bent layers, as far as they are known
   * @param rows how many functions are expressed together
   * @param recording CREATE if bounds are differentiated by the relaxations, else KEEP
   */
  Substitution(
      PiecewiseAffine network,
      Map<String, Tensor> outputs,
      Map<String, Relaxation> relaxations,
      long rows,
      Gradients.Recording recording) {
    this.network = network;
    this.relaxations = relaxations;
    this.recording = recording;
    this.outputs = Map.copyOf(outputs);
    this.rows = rows;
    String input = network.graph().input();
    values.put(input, network.preprocess(variable(input)));
    behind.put(input, Set.of(input));
  }

  /** An affine function: coefficients of variables by name, and the constant term, (S). */
  record Affine(Map<String, Tensor> coefficients, Tensor constant) {
    Affine {
      coefficients = Map.copyOf(coefficients);
    }
  }

  /**
   * The functions {@code sum(rows * layer)} by the bent layers directly before, and the pixels.
   *
   * @param rows (S, ...) in the shape of the layer
   */
  Affine before(String layer, Tensor rows) {
    Terms terms = new Terms();
    terms.add(
        Rows.sums(rows.reshape(Rows.sizes(value(layer), rows.size(0))).mul(value(layer))),
        variablesOf(layer));
    return new Affine(terms.coefficients, terms.constant());
  }

  /** A lower bound of the functions {@code sum(rows * layer)}, affine in the pixels alone. */
  Affine lower(String layer, Tensor rows) {
    Terms terms = new Terms();
    terms.add(
        Rows.sums(rows.reshape(Rows.sizes(value(layer), rows.size(0))).mul(value(layer))),
        variablesOf(layer));
    List<Node> bent = new ArrayList<>(network.bent().values());
    for (int i = bent.size() - 1; i >= 0; i--) {
      Node node = bent.get(i);
      Tensor coefficients = terms.coefficients.remove(node.name());
      Relaxation relaxation = relaxations.get(node.name());
      if (coefficients == null || relaxation == null) {
        continue;
      }
      String input = node.inputs().get(0);
      Tensor x = value(input);
      Tensor bound =
          coefficients
              .relu()
              .mul(relaxation.lower(x))
              .sub(coefficients.neg().relu().mul(relaxation.upper(x)));
      terms.add(Rows.sums(bound), variablesOf(input));
    }
    return new Affine(terms.coefficients, terms.constant());
  }

  /** Terms that are added up as substitution goes on. */
  private final class Terms {
    private final Map<String, Tensor> coefficients = new HashMap<>();
    private final List<Tensor> constants = new ArrayList<>();

    /** Adds functions that are affine in some variables. */
    void add(Tensor functions, Set<String> names) {
      constants.add(functions);
      List<String> order = List.copyOf(names);
      List<Tensor> found =
          Gradients.of(
              functions, order.stream().map(Substitution.this::variable).toList(), recording);
      for (int i = 0; i < order.size(); i++) {
        coefficients.merge(order.get(i), found.get(i), Tensor::add);
      }
    }

    Tensor constant() {
      return constants.stream().reduce(Tensor::add).orElseThrow();
    }
  }

  private Tensor variable(String name) {
    return variables.computeIfAbsent(
        name, each -> Tensor.zeros(Rows.sizes(known(outputs, each), rows)).asDouble().leaf());
  }

  /** The variables on which a layer depends directly. */
  private Set<String> variablesOf(String layer) {
    value(layer);
    return known(behind, layer);
  }

  /** The constant term of a layer, recorded as a function of the variables. */
  private Tensor value(String layer) {
    Deque<String> open = new ArrayDeque<>(List.of(layer));
    while (!open.isEmpty()) {
      String name = open.peek();
      if (values.containsKey(name)) {
        open.pop();
      } else if (network.isBent(name)) {
        values.put(name, variable(name));
        behind.put(name, Set.of(name));
      } else {
        Node node = network.node(name);
        Collection<String> missing =
            network.activations(node).stream().filter(each -> !values.containsKey(each)).toList();
        missing.forEach(open::push);
        if (missing.isEmpty()) {
          values.put(name, node.operator().forward(network.inputs(node, values)));
          Set<String> all = new LinkedHashSet<>();
          network.activations(node).forEach(each -> all.addAll(known(behind, each)));
          behind.put(name, all);
        }
      }
    }
    return known(values, layer);
  }

  private static <T> T known(Map<String, T> map, String name) {
    T value = map.get(name);
    if (value == null) {
      throw new IllegalStateException("\"" + name + "\" is not known yet");
    }
    return value;
  }
}
