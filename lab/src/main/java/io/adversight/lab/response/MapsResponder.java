package io.adversight.lab.response;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.adversight.attribution.Heatmap;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Blob;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Heat maps of the clean and the changed image, method by method, as they come. */
public final class MapsResponder implements Responder {
  private static final int METHODS_AT_MOST = 8;
  private static final List<String> BOTH = List.of("clean", "adversarial");

  private final PanelRequests requests;
  private final LiveAttacks attacks;

  /**
   * The request.
   *
   * @param explained the class; null for the one that the clean image is taken for
   * @param on the images; null for both
   * @param signed whether the unreduced contributions are included
   * @param measures of similarity; null for the usual ones
   */
  record Parameters(
      PanelState state,
      List<AlgorithmChoice> methods,
      @JsonProperty("class") @Nullable Integer explained,
      @Nullable List<String> on,
      @Nullable Boolean signed,
      @Nullable List<String> measures) {
    Parameters {
      if (methods == null || methods.isEmpty() || methods.size() > METHODS_AT_MOST) {
        throw new InputException("ask for 1 to %s methods".formatted(METHODS_AT_MOST));
      }
      on = on == null ? BOTH : List.copyOf(on);
      if (on.isEmpty() || !BOTH.containsAll(on)) {
        throw new InputException("\"on\" must name clean, adversarial or both");
      }
    }
  }

  /** One map, or a part of one that takes long. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record MapFields(
      int method,
      String id,
      String on,
      @JsonProperty("class") ClassName explained,
      @Nullable String layer,
      boolean partial,
      long done,
      long total,
      @Nullable String unit,
      float min,
      float max,
      boolean allNegative,
      List<String> hints) {}

  /** What two maps of one method have in common. */
  record PairFields(
      int method,
      String id,
      boolean pair,
      Range difference,
      Map<String, @Nullable Double> similarities) {}

  record Range(float min, float max) {}

  record Summary(int methods) {}

  public MapsResponder(PanelRequests requests, LiveAttacks attacks) {
    this.requests = requests;
    this.attacks = attacks;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    Parameters parameters = Json.read(message, Parameters.class);
    PanelRequest request = requests.of(parameters.state());
    Classifier classifier = request.classifier();
    List<MapMethod> methods = parameters.methods().stream().map(MapMethod::of).toList();
    Set<String> places = new LinkedHashSet<>();
    methods.forEach(method -> places.addAll(method.gradientsAt(classifier)));
    Similarities similarities = Similarities.of(parameters.measures());
    Integer chosen = parameters.explained();
    int explained = chosen == null ? request.subject().prediction().top() : chosen;
    ClassName named = ClassName.of(explained, classifier.labels());
    List<String> on = parameters.on() == null ? BOTH : parameters.on();
    List<Raster> images = new ArrayList<>();
    for (String which : on) {
      images.add(
          which.equals("clean")
              ? request.subject().view()
              : attacks.find(request, cancel).adversarial().changed());
    }
    try (Scope scope = Scope.open()) {
      List<Trace> traces =
          images.stream()
              .map(
                  image ->
                      classifier.trace(Batches.of(List.of(image)).to(classifier.device()), places))
              .toList();
      for (int m = 0; m < methods.size(); m++) {
        List<Heatmap> found = new ArrayList<>();
        for (int p = 0; p < images.size(); p++) {
          Partial partial =
              new Partial(frames, m, methods.get(m).choice(), on.get(p), named, cancel);
          Run run = partial.listening(request.run().with(cancel));
          Heatmap heatmap =
              methods
                  .get(m)
                  .of(traces.get(p), images.get(p), new Objective.Logit(List.of(explained)), run);
          found.add(heatmap);
          frames.accept(partial.finished(heatmap, Boolean.TRUE.equals(parameters.signed())));
        }
        if (found.size() == 2) {
          frames.accept(pair(m, parameters.methods().get(m), found, similarities));
        }
      }
    }
    frames.accept(Frame.last(new Summary(methods.size()), List.of()));
  }

  private static Frame pair(
      int method, AlgorithmChoice choice, List<Heatmap> found, Similarities similarities) {
    Raster before = found.get(0).map();
    Raster after = found.get(1).map();
    Raster difference = difference(before, after);
    return Frame.part(
        new PairFields(
            method,
            choice.id(),
            true,
            new Range(difference.min(), difference.max()),
            similarities.between(before, after)),
        List.of(Blob.values("difference", difference)));
  }

  /** What changed at every position. */
  static Raster difference(Raster before, Raster after) {
    return Raster.generate(
        1,
        before.height(),
        before.width(),
        (c, y, x) -> (double) after.at(0, y, x) - before.at(0, y, x));
  }
}
