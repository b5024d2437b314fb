package io.adversight.lab.controller;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.graph.Graph;
import io.adversight.graph.Layer;
import io.adversight.graph.Node;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.lab.http.Json;
import io.adversight.lab.http.LocalPaths;
import io.adversight.lab.http.OneOf;
import io.adversight.lab.store.ModelStore;
import io.adversight.lab.store.OpenNetwork;
import io.adversight.lab.work.Jobs;
import io.adversight.lab.work.Workers;
import io.adversight.model.GraphClassifier;
import io.adversight.model.KnownModel;
import io.adversight.model.ModelCard;
import io.adversight.tensor.Tensor;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Networks: which there are, what they consist of, and how to get one. */
public final class ModelController {
  private static final int DRAWABLE_SIDE = 64;
  private static final String ROBUST_SUFFIX = "-robust";
  private static final String STANDARD_SUFFIX = "-standard";

  private final ModelStore store;
  private final Workers workers;
  private final Jobs jobs;

  /** All networks, and cards that cannot be used. */
  public record ModelList(List<ModelSummary> models, List<String> problems) {}

  /** The size of the images that a network takes. */
  public record InputSize(int channels, int height, int width) {}

  /**
   * The sizes of a perturbation in one norm, for the images of one network.
   *
   * @param usual the size that robustness is usually measured at
   * @param largest the end of the slider
   */
  public record Epsilons(double usual, double largest) {
    static Epsilons of(Norm norm, InputSize size) {
      return new Epsilons(
          Epsilon.usual(norm, Math.max(size.height(), size.width())),
          Epsilon.largest(norm, size.channels(), size.height(), size.width()));
    }
  }

  /**
   * A network in short.
   *
   * @param state embedded, mirror, local or hub
   * @param atHand whether it can be used without fetching it
   * @param multiLabel whether its classes are labels that are independent of each other
   * @param epsilons by the id of the norm
   * @param drawable whether its images are small and grey, so that they can be drawn
   * @param robustVariant the network of the same kind that was trained adversarially
   */
  public record ModelSummary(
      String id,
      String title,
      @OneOf({"embedded", "mirror", "local", "hub"}) String state,
      boolean atHand,
      boolean open,
      long bytes,
      int classes,
      boolean multiLabel,
      InputSize input,
      Map<String, Epsilons> epsilons,
      boolean drawable,
      @Nullable String robustVariant,
      String licence,
      String note,
      String source,
      Map<String, Double> measured) {}

  /**
   * A layer.
   *
   * @param shape of one image's activation
   * @param inputs the layers whose values it takes; the image has no name among them
   * @param weights how many numbers it has learned
   */
  public record LayerInfo(
      String name,
      String type,
      List<Long> shape,
      boolean spatial,
      List<String> inputs,
      long weights) {}

  /**
   * A network in full.
   *
   * @param labels the names of the classes
   * @param independent the names of the independent labels whose subsets are the classes; none
   *     where classes exclude each other
   * @param labelSet the numbers of those that are decided on
   * @param prototypes how many it decides by, 0 if it does otherwise
   */
  public record ModelDetails(
      String id,
      String title,
      JsonNode card,
      List<String> labels,
      List<String> independent,
      List<Integer> labelSet,
      @Nullable String defaultLayer,
      int prototypes,
      List<LayerInfo> layers) {}

  public ModelController(ModelStore store, Workers workers, Jobs jobs) {
    this.store = store;
    this.workers = workers;
    this.jobs = jobs;
  }

  /** All networks. */
  public void list(Context ctx) {
    Json.answer(ctx, workers.call(() -> new ModelList(models(), problems())));
  }

  private List<String> problems() {
    return store.problems().stream().map(LocalPaths::hiddenIn).toList();
  }

  private List<ModelSummary> models() {
    List<KnownModel> known = store.list();
    Set<String> ids = known.stream().map(KnownModel::id).collect(Collectors.toSet());
    return known.stream().map(model -> model(model, ids)).toList();
  }

  private ModelSummary model(KnownModel known, Set<String> ids) {
    ModelCard card = known.card();
    InputSize input =
        new InputSize(card.input().channels(), card.input().height(), card.input().width());
    return new ModelSummary(
        known.id(),
        card.title(),
        known.state().name().toLowerCase(Locale.ROOT),
        ModelStore.isAtHand(known),
        store.isOpen(known.id()),
        card.bytes(),
        card.classes(),
        card.output().isMultiLabel(),
        input,
        Arrays.stream(Norm.values())
            .collect(Collectors.toMap(ModelController::id, norm -> Epsilons.of(norm, input))),
        input.channels() == 1 && Math.max(input.height(), input.width()) <= DRAWABLE_SIDE,
        robust(known.id(), ids),
        card.licence(),
        card.note(),
        card.source(),
        card.measured());
  }

  /** The adversarially trained network of the same kind, if there is one. */
  private static @Nullable String robust(String id, Set<String> ids) {
    String plain = id.endsWith(STANDARD_SUFFIX) ? id.substring(0, id.lastIndexOf('-')) : id;
    String robust = plain + ROBUST_SUFFIX;
    return ids.contains(robust) ? robust : null;
  }

  private static String id(Norm norm) {
    return norm.name().toLowerCase(Locale.ROOT);
  }

  /** One network, opened. */
  public void details(Context ctx) {
    String id = ctx.pathParam("id");
    List<Integer> labelSet = ctx.queryParams("label").stream().map(ModelController::label).toList();
    Json.answer(ctx, workers.call(() -> details(id, labelSet)));
  }

  private static int label(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InputException("label must be a whole number", e);
    }
  }

  private ModelDetails details(String id, List<Integer> labelSet) {
    OpenNetwork opened = store.open(id, labelSet);
    GraphClassifier classifier = opened.classifier();
    return new ModelDetails(
        id,
        classifier.card().title(),
        Json.tree(classifier.card().toJson()),
        java.util.stream.IntStream.range(0, classifier.card().classes())
            .mapToObj(classifier.labels()::name)
            .toList(),
        opened.independent(),
        opened.labelSet(),
        classifier.defaultLayer().orElse(null),
        classifier.prototypes().all().size(),
        layers(classifier));
  }

  private static List<LayerInfo> layers(GraphClassifier classifier) {
    Graph graph = classifier.graph();
    Map<String, Node> nodes =
        graph.nodes().stream().collect(Collectors.toMap(Node::name, Function.identity()));
    return classifier.layers().stream()
        .map(layer -> layer(layer, Objects.requireNonNull(nodes.get(layer.name())), graph))
        .toList();
  }

  private static LayerInfo layer(Layer layer, Node node, Graph graph) {
    long[] sizes = layer.shape().toArray();
    return new LayerInfo(
        layer.name(),
        layer.type(),
        Arrays.stream(sizes).skip(1).boxed().toList(),
        layer.hasMaps(),
        node.inputs().stream()
            .filter(name -> !graph.constants().containsKey(name) && !name.equals(graph.input()))
            .distinct()
            .toList(),
        node.inputs().stream()
            .map(graph.constants()::get)
            .filter(Objects::nonNull)
            .mapToLong(Tensor::elements)
            .sum());
  }

  /** A network of the given id in short. */
  ModelSummary model(String id) {
    return models().stream()
        .filter(model -> model.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new UnknownNameException("there is no network \"%s\"".formatted(id)));
  }

  /** Removes a network that was added or fetched. */
  public void remove(Context ctx) {
    String id = ctx.pathParam("id");
    Json.answer(
        ctx,
        workers.call(
            () -> {
              store.remove(id);
              return new ModelList(models(), problems());
            }));
  }

  /** Starts to fetch a network, if it is not at hand. */
  public void fetch(Context ctx) {
    KnownModel model = store.find(ctx.pathParam("id"));
    if (ModelStore.isAtHand(model)) {
      Json.answer(ctx, Jobs.Job.done("fetch", model.id(), model.card().bytes(), "bytes"));
      return;
    }
    store.ensureFits(model.card().bytes());
    Jobs.Job job =
        jobs.start(
            "fetch",
            model.id(),
            "bytes",
            (progress, cancel) ->
                store.fetch(
                    model.id(),
                    (done, total) -> {
                      if (cancel.get()) {
                        throw new CancellationException("cancelled");
                      }
                      progress.report(done, total, "bytes");
                    }));
    ctx.status(202);
    Json.answer(ctx, job);
  }
}
