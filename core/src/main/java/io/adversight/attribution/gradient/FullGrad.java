package io.adversight.attribution.gradient;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.Upsampling;
import io.adversight.attribution.internal.NetworkGraph;
import io.adversight.attribution.internal.NetworkInput;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * FullGrad: input times gradient, and every bias times its gradient, each enlarged to the image and
 * added: psi(f x) + sum over layers and channels of psi(f_b b) with psi the absolute value, scaled
 * to [0, 1] per layer (Srinivas and Fleuret 2019, equations 4 and 7). Batch normalisation, smooth
 * activations, local response normalisation and products of layers count with their implicit biases
 * f(z) - J z. Before psi the terms sum to the logit; those of layers without maps are not shown.
 */
@Doc("FullGrad")
@Paper("srinivas2019")
public record FullGrad() implements Attribution {
  private static final double SMALL = 1e-6;

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    Tensor pixels = trace.pixels();
    try (Scope scope = Scope.open()) {
      run.checkCancelled();
      Tensor sum = pixels.narrow(1, 0, 1).fullLike(0);
      for (Tensor term : terms(trace, objective)) {
        if (term.rank() == 4) {
          Tensor scaled = Upsampling.BILINEAR.to(scaled(term), pixels.size(2), pixels.size(3));
          sum = sum.add(scaled.sum(1));
        }
      }
      return scope.keep(sum);
    }
  }

  private static Tensor scaled(Tensor term) {
    Tensor magnitude = term.abs();
    Tensor lowered = magnitude.sub(magnitude.minPerImage());
    return lowered.div(lowered.maxPerImage().add(SMALL));
  }

  /** Input times gradient, then each layer's bias times its gradient; together the logit. */
  public static List<Tensor> terms(Trace trace, Objective objective) {
    Graph graph = NetworkGraph.of(trace.classifier(), "FullGrad").graph();
    List<Tensor> terms = new ArrayList<>();
    terms.add(NetworkInput.counted(trace).mul(trace.gradient(Trace.PIXELS, objective)));
    for (Node node : biased(graph)) {
      terms.add(term(graph, node, trace, trace.gradient(node.name(), objective)));
    }
    return terms;
  }

  /** The layers with a bias, explicit or implicit. */
  private static List<Node> biased(Graph graph) {
    return graph.nodes().stream()
        .filter(
            node ->
                switch (node.operator().type()) {
                  case "Relu", "Softmax", "LogSoftmax" -> false;
                  case "BatchNormalization", "LRN" -> true;
                  case "Mul" -> isProduct(graph, node);
                  case "Add" -> node.inputs().stream().anyMatch(graph.constants()::containsKey);
                  default ->
                      node.operator() instanceof Activation
                          || (node.operator() instanceof Linear && node.inputs().size() > 2);
                })
        .filter(node -> !graph.constants().keySet().containsAll(node.inputs()))
        .toList();
  }

  /**
   * What the layer adds beyond its gradient times its input; {@code gradient} is the gradient of
   * the score behind it.
   */
  private static Tensor term(Graph graph, Node node, Trace trace, Tensor gradient) {
    boolean product = isProduct(graph, node);
    boolean curved =
        product
            || node.operator() instanceof Activation
            || node.operator() instanceof Normalization.LRN;
    List<Tensor> inputs = new ArrayList<>();
    List<Tensor> leaves = new ArrayList<>();
    for (String name : node.inputs()) {
      Tensor constant = graph.constants().get(name);
      if (constant != null) {
        inputs.add(constant);
      } else {
        Tensor value = name.equals(graph.input()) ? input(trace) : trace.activation(name);
        Tensor leaf = (curved ? value : value.fullLike(0)).leaf();
        inputs.add(leaf);
        leaves.add(leaf);
      }
    }
    Tensor gained = node.operator().forward(inputs).mul(gradient.detach());
    if (product) {
      return gained
          .detach()
          .neg(); // z1 z2 is linear in each: gradients times inputs count it twice
    }
    if (!curved || !gained.isRecorded()) {
      return gained.detach();
    }
    Tensor z = leaves.get(0); // an element-wise rule, or one across channels: places stay
    return gained.detach().sub(z.detach().mul(Gradients.of(gained, z)));
  }

  /** Whether a layer multiplies two others, as gates and SiLU do. */
  private static boolean isProduct(Graph graph, Node node) {
    return node.operator().type().equals("Mul")
        && node.inputs().stream().noneMatch(graph.constants()::containsKey);
  }

  private static Tensor input(Trace trace) {
    return NetworkGraph.of(trace.classifier(), "FullGrad").networkInput(trace.pixels());
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }

  @Override
  public List<String> gradientsAt(Classifier classifier) {
    List<String> places = new ArrayList<>(List.of(Trace.PIXELS));
    biased(NetworkGraph.of(classifier, "FullGrad").graph()).forEach(n -> places.add(n.name()));
    return places;
  }
}
