package io.adversight.model;

import io.adversight.graph.BackwardRules;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Everything known about one batch: activations and gradients, each pass run at most once, when
 * first needed. Gradients are computed symbolically where the classifier does and no recorded pass
 * has run yet. Lives inside the scope in which it is used; for one thread.
 */
public final class Trace {
  /** The name of the pixels, where a layer's name is expected. */
  public static final String PIXELS = "pixels";

  private final Classifier classifier;
  private final Tensor pixels;
  private final Set<String> wanted;
  private final Map<BackwardRules, Pass> passes = new HashMap<>();
  private final Map<Backward, Map<String, Tensor>> gradients = new HashMap<>();
  private final Map<String, Tensor> activations = new HashMap<>();
  private final Optional<Scope> home = Scope.current();
  private Optional<Tensor> logits = Optional.empty();
  private int forwards;
  private int backwards;

  private record Pass(Tensor pixels, Activations activations) {
    Tensor at(String layer) {
      return layer.equals(PIXELS) ? pixels : activations.layer(layer);
    }

    boolean isRecordedAt(List<String> layers) {
      return layers.stream().allMatch(layer -> at(layer).isRecorded());
    }
  }

  private record Backward(Objective objective, BackwardRules rules) {}

  Trace(Classifier classifier, Tensor pixels, Set<String> wanted) {
    this.classifier = classifier;
    this.pixels = pixels;
    this.wanted = wanted;
  }

  /** The network. */
  public Classifier classifier() {
    return classifier;
  }

  /** The batch, (N, C, H, W) in [0, 1]. */
  public Tensor pixels() {
    return pixels;
  }

  /** The logits, (N, classes), cut off from the recording, as the classifier settles them. */
  public Tensor logits() {
    if (logits.isEmpty() && isSymbolic() && !wanted.isEmpty()) {
      forwards++;
      logits = Optional.of(keep(classifier.logits(pixels.detach())));
      return logits.get();
    }
    return classifier.settled(pixels.detach(), rawLogits());
  }

  private Tensor rawLogits() {
    return logits.orElseGet(() -> pass(BackwardRules.STANDARD).activations().logits().detach());
  }

  /** Whether gradients are still computed without a recorded pass. */
  private boolean isSymbolic() {
    return !passes.containsKey(BackwardRules.STANDARD) && classifier.hasSymbolicGradients();
  }

  /** The value of a layer (or of the pixels), cut off from the recording. */
  public Tensor activation(String layer) {
    if (layer.equals(PIXELS)) {
      return pixels.detach();
    }
    Tensor known = activations.get(layer);
    return known == null ? pass(BackwardRules.STANDARD).at(layer).detach() : known;
  }

  /** The objective's value for each image, (N). */
  public Tensor values(Objective objective) {
    return logits.isPresent() && !objective.readsLayers()
        ? objective.values(Activations.ofLogits(logits.get()))
        : objective.values(pass(BackwardRules.STANDARD).activations()).detach();
  }

  /** The true gradient of an objective with respect to a layer (or to the pixels). */
  public Tensor gradient(String layer, Objective objective) {
    return gradient(layer, objective, BackwardRules.STANDARD);
  }

  /** The gradient of an objective with respect to a layer (or to the pixels) under other rules. */
  public Tensor gradient(String layer, Objective objective, BackwardRules rules) {
    Map<String, Tensor> known =
        gradients.computeIfAbsent(new Backward(objective, rules), b -> new HashMap<>());
    Tensor found = known.get(layer);
    if (found != null) {
      return found;
    }
    Set<String> places = new LinkedHashSet<>(wanted);
    places.add(layer);
    places.removeAll(known.keySet());
    List<String> names = new ArrayList<>(places);
    if (rules.equals(BackwardRules.STANDARD) && isSymbolic() && symbolic(objective, names, known)) {
      return Objects.requireNonNull(known.get(layer));
    }
    Pass pass = pass(rules);
    if (!pass.isRecordedAt(names)) {
      pass = run(rules, true);
    }
    List<Tensor> inputs = names.stream().map(pass::at).toList();
    Tensor values = objective.values(pass.activations());
    List<Tensor> computed = Gradients.of(values, inputs, Gradients.Recording.KEEP);
    backwards++;
    for (int i = 0; i < names.size(); i++) {
      known.put(names.get(i), keep(computed.get(i)));
    }
    return computed.get(names.indexOf(layer));
  }

  /** Finds gradients symbolically; whether the classifier does. */
  private boolean symbolic(Objective objective, List<String> names, Map<String, Tensor> known) {
    Optional<GradientPass> pass = classifier.gradients(pixels.detach(), objective, names);
    if (pass.isEmpty()) {
      return false;
    }
    forwards++;
    backwards++;
    pass.get().gradients().forEach((name, gradient) -> known.put(name, keep(gradient)));
    pass.get().activations().forEach((name, value) -> activations.putIfAbsent(name, keep(value)));
    if (logits.isEmpty()) {
      logits = Optional.of(keep(pass.get().logits()));
    }
    return true;
  }

  /** How many forward passes were run. */
  public int forwards() {
    return forwards;
  }

  /** How many backward passes were run. */
  public int backwards() {
    return backwards;
  }

  private Pass pass(BackwardRules rules) {
    Pass known = passes.get(rules);
    return known == null ? run(rules, wanted.isEmpty() || wanted.contains(PIXELS)) : known;
  }

  /** A pass is recorded from the pixels on, or more cheaply from the layers that are wanted. */
  private Pass run(BackwardRules rules, boolean fromPixels) {
    Tensor start = keep(fromPixels ? pixels.leaf() : pixels.detach());
    Activations activations =
        fromPixels
            ? classifier.forward(start, rules)
            : classifier.forwardFrom(wanted, start, rules);
    activations.all().forEach(this::keep);
    forwards++;
    Pass pass = new Pass(start, activations);
    passes.put(rules, pass);
    return pass;
  }

  /** What is computed inside an inner scope must live as long as this trace. */
  private Tensor keep(Tensor tensor) {
    return home.map(scope -> scope.adopt(tensor)).orElse(tensor);
  }
}
