package io.adversight.lab.response;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.adversight.attack.Adversarial;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.lab.panel.Subject;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Prediction;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How probabilities, and the likeness of heat maps, change with epsilon; for attacks without one,
 * with the share of the change that is made. Points come from coarse to fine.
 */
public final class CurvesResponder implements Responder {
  private static final int POINTS_AT_MOST = 101;
  private static final int LEADING = 3;

  private final PanelRequests requests;
  private final LiveAttacks attacks;

  /**
   * The request.
   *
   * @param epsilons or shares in [0, 1], in rising order
   * @param classes whose probabilities are drawn; empty for the leading ones at both ends
   * @param map a method whose maps are compared with that of the clean image
   * @param measures of similarity; null for the usual ones
   * @param refine how many more points are laid where the class changes; null for none
   */
  record Parameters(
      PanelState state,
      List<Double> epsilons,
      @Nullable List<Integer> classes,
      @Nullable HeatmapChoice map,
      @Nullable List<String> measures,
      @Nullable Integer refine) {
    Parameters {
      if (epsilons == null || epsilons.isEmpty() || epsilons.size() > POINTS_AT_MOST) {
        throw new InputException("ask for 1 to %s epsilons".formatted(POINTS_AT_MOST));
      }
    }

    int refinement() {
      return refine == null ? 0 : Math.max(0, Math.min(POINTS_AT_MOST, refine));
    }
  }

  record HeatmapChoice(
      AlgorithmChoice method, @JsonProperty("class") @Nullable Integer explained) {}

  /** One point of all curves. */
  record Point(
      double epsilon,
      List<Double> probabilities,
      ClassName.Predicted after,
      boolean success,
      @Nullable Map<String, @Nullable Double> similarities) {}

  record Fields(String axis, List<ClassName> classes, List<Point> points) {}

  record Summary(String axis, List<ClassName> classes, @Nullable Double firstFlip) {}

  public CurvesResponder(PanelRequests requests, LiveAttacks attacks) {
    this.requests = requests;
    this.attacks = attacks;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    Parameters parameters = Json.read(message, Parameters.class);
    PanelRequest request = requests.of(parameters.state());
    String axis = request.isBounded() ? "epsilon" : "share";
    int last = parameters.epsilons().size() - 1;
    Raster farthest = changed(request, parameters.epsilons().get(last), cancel);
    List<ClassName> classes = classes(parameters, request, farthest);
    MapComparison comparison = comparison(parameters, request, cancel);
    double firstFlip = Double.POSITIVE_INFINITY;
    Boundaries boundaries = new Boundaries(parameters.epsilons());
    Iterator<Double> order =
        Stream.concat(
                coarseToFine(parameters.epsilons().size()).stream().map(parameters.epsilons()::get),
                Stream.generate(boundaries::next)
                    .takeWhile(Optional::isPresent)
                    .map(Optional::get)
                    .limit(parameters.refinement()))
            .iterator();
    while (order.hasNext()) {
      if (cancel.get()) {
        throw new CancellationException("cancelled");
      }
      double epsilon = order.next();
      Raster image =
          epsilon == parameters.epsilons().get(last) ? farthest : changed(request, epsilon, cancel);
      Prediction prediction = Subject.predict(request.classifier(), List.of(image)).get(0);
      boolean success = UpdateChecks.reached(request, prediction);
      firstFlip = success ? Math.min(firstFlip, epsilon) : firstFlip;
      boundaries.add(epsilon, prediction.top());
      Point point =
          new Point(
              epsilon,
              classes.stream().map(named -> prediction.probability(named.index())).toList(),
              ClassName.Predicted.top(prediction, request.classifier().labels()),
              success,
              comparison == null ? null : comparison.with(image));
      frames.accept(Frame.part(new Fields(axis, classes, List.of(point)), List.of()));
    }
    frames.accept(Frame.last(new Summary(axis, classes, Finite.of(firstFlip)), List.of()));
  }

  private Raster changed(PanelRequest request, double amount, AtomicBoolean cancel) {
    if (request.isBounded()) {
      return attacks.find(request.withEpsilon(amount), cancel).adversarial().changed();
    }
    if (!(amount >= 0 && amount <= 1)) {
      throw new InputException("this attack has no epsilon: give shares of its change in [0, 1]");
    }
    Adversarial whole = attacks.find(request, cancel).adversarial();
    Raster from = whole.original();
    Raster to = whole.changed();
    return Raster.generate(
        from.channels(),
        from.height(),
        from.width(),
        (c, y, x) -> from.at(c, y, x) + amount * ((double) to.at(c, y, x) - from.at(c, y, x)));
  }

  private static List<ClassName> classes(
      Parameters parameters, PanelRequest request, Raster farthest) {
    Set<Integer> chosen = new LinkedHashSet<>();
    if (parameters.classes() != null && !parameters.classes().isEmpty()) {
      chosen.addAll(parameters.classes());
    } else {
      chosen.add(request.label());
      request.target().ifPresent(chosen::add);
      chosen.addAll(request.subject().prediction().top(LEADING));
      chosen.addAll(Subject.predict(request.classifier(), List.of(farthest)).get(0).top(LEADING));
    }
    return chosen.stream()
        .map(index -> ClassName.of(index, request.classifier().labels()))
        .toList();
  }

  /**
   * Where the class changes between two neighbouring points. The widest such gap is halved next,
   * until all are an eighth of what the points were apart.
   */
  private static final class Boundaries {
    private static final double FINEST = 1.0 / 8;

    private final TreeMap<Double, Integer> known = new TreeMap<>();
    private final double finest;

    Boundaries(List<Double> epsilons) {
      double way = epsilons.get(epsilons.size() - 1) - epsilons.get(0);
      finest = FINEST * way / Math.max(1, epsilons.size() - 1);
    }

    void add(double epsilon, int top) {
      known.put(epsilon, top);
    }

    Optional<Double> next() {
      double widest = finest;
      OptionalDouble middle = OptionalDouble.empty();
      Map.Entry<Double, Integer> before = null;
      for (Map.Entry<Double, Integer> here : known.entrySet()) {
        if (before != null
            && !before.getValue().equals(here.getValue())
            && here.getKey() - before.getKey() > widest * (1 + 1e-9)) {
          widest = here.getKey() - before.getKey();
          middle = OptionalDouble.of((here.getKey() + before.getKey()) / 2);
        }
        before = here;
      }
      return middle.isPresent() ? Optional.of(middle.getAsDouble()) : Optional.empty();
    }
  }

  /** Both ends, the middle, the quarters, ...: the curve has its shape early. */
  static List<Integer> coarseToFine(int count) {
    Set<Integer> order = new LinkedHashSet<>();
    order.add(0);
    order.add(count - 1);
    for (int parts = 2; order.size() < count; parts *= 2) {
      for (int i = 1; i < parts; i += 2) {
        order.add((int) ((long) i * (count - 1) / parts));
      }
      if (parts > 2 * count) {
        for (int i = 0; i < count; i++) {
          order.add(i);
        }
      }
    }
    return new ArrayList<>(order);
  }

  private static @Nullable MapComparison comparison(
      Parameters parameters, PanelRequest request, AtomicBoolean cancel) {
    HeatmapChoice choice = parameters.map();
    if (choice == null) {
      return null;
    }
    Integer explained = choice.explained();
    return new MapComparison(
        request,
        MapMethod.of(choice.method()),
        explained == null ? request.subject().prediction().top() : explained,
        Similarities.of(parameters.measures()),
        cancel);
  }

  /** Compares the heat map of changed images with that of the clean one. */
  private static final class MapComparison {
    private final PanelRequest request;
    private final MapMethod method;
    private final int explained;
    private final Similarities similarities;
    private final AtomicBoolean cancel;
    private final Raster clean;

    MapComparison(
        PanelRequest request,
        MapMethod method,
        int explained,
        Similarities similarities,
        AtomicBoolean cancel) {
      this.request = request;
      this.method = method;
      this.explained = explained;
      this.similarities = similarities;
      this.cancel = cancel;
      this.clean = map(request.subject().view());
    }

    Map<String, @Nullable Double> with(Raster image) {
      return similarities.between(clean, map(image));
    }

    private Raster map(Raster image) {
      Classifier classifier = request.classifier();
      try (Scope scope = Scope.open()) {
        Trace trace =
            classifier.trace(
                Batches.of(List.of(image)).to(classifier.device()), method.gradientsAt(classifier));
        Run run = request.run().with(cancel);
        return method.of(trace, image, new Objective.Logit(List.of(explained)), run).map();
      }
    }
  }
}
