package io.adversight.lab.response;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.adversight.attack.Adversarial;
import io.adversight.attribution.Heatmap;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.lab.http.Failure;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Blob;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.lab.panel.Subject;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Prediction;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What other networks make of the same changed image, with their heat maps. */
public final class TransferResponder implements Responder {
  private static final int MODELS_AT_MOST = 6;
  private static final int METHODS_AT_MOST = 3;
  private static final int TOP = 5;

  private final PanelRequests requests;
  private final LiveAttacks attacks;

  /** The request: other networks, and the methods that explain them. */
  record Parameters(
      PanelState state,
      List<String> models,
      @Nullable List<AlgorithmChoice> methods,
      @Nullable Integer top) {
    Parameters {
      methods = methods == null ? List.of() : List.copyOf(methods);
      if (models == null
          || models.isEmpty()
          || models.size() > MODELS_AT_MOST
          || methods.size() > METHODS_AT_MOST) {
        throw new InputException(
            "ask for 1 to %s models and at most %s methods"
                .formatted(MODELS_AT_MOST, METHODS_AT_MOST));
      }
    }
  }

  record Range(float min, float max) {}

  record MapInfo(
      int method,
      String id,
      @JsonProperty("class") ClassName explained,
      Range clean,
      Range adversarial) {}

  record Fields(
      String model,
      ClassName.Predicted before,
      ClassName.Predicted after,
      boolean flipped,
      List<ClassName.BeforeAfter> classes,
      boolean resized,
      List<MapInfo> maps,
      int width,
      int height) {}

  record Unusable(String model, String error) {}

  record Summary(int models) {}

  public TransferResponder(PanelRequests requests, LiveAttacks attacks) {
    this.requests = requests;
    this.attacks = attacks;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    Parameters parameters = Json.read(message, Parameters.class);
    PanelRequest request = requests.of(parameters.state());
    Adversarial adversarial = attacks.find(request, cancel).adversarial();
    for (String model : parameters.models()) {
      if (cancel.get()) {
        throw new CancellationException("cancelled");
      }
      Frame frame;
      try {
        frame = frame(model, parameters, request, adversarial, cancel);
      } catch (CancellationException e) {
        throw e;
      } catch (RuntimeException e) {
        frame = Frame.part(new Unusable(model, Failure.of(e).failure().error()), List.of());
      }
      frames.accept(frame);
    }
    frames.accept(Frame.last(new Summary(parameters.models().size()), List.of()));
  }

  private Frame frame(
      String model,
      Parameters parameters,
      PanelRequest request,
      Adversarial adversarial,
      AtomicBoolean cancel) {
    GraphClassifier other = requests.classifier(model, parameters.state());
    Raster clean = PanelRequests.fitted(adversarial.original(), other);
    Raster changed = PanelRequests.fitted(adversarial.changed(), other);
    List<Prediction> found = Subject.predict(other, List.of(clean, changed));
    List<Blob> blobs = new ArrayList<>();
    blobs.add(Blob.image("clean", clean));
    blobs.add(Blob.image("adversarial", changed));
    List<MapInfo> maps =
        maps(parameters, other, clean, changed, found.get(0).top(), request, cancel, blobs);
    int top = parameters.top() == null ? TOP : Math.max(1, Math.min(50, parameters.top()));
    boolean resized =
        clean.height() != adversarial.original().height()
            || clean.width() != adversarial.original().width();
    return Frame.part(
        new Fields(
            model,
            ClassName.Predicted.top(found.get(0), other.labels()),
            ClassName.Predicted.top(found.get(1), other.labels()),
            found.get(0).top() != found.get(1).top(),
            ClassName.BeforeAfter.of(found.get(0), found.get(1), top, other.labels()),
            resized,
            maps,
            clean.width(),
            clean.height()),
        blobs);
  }

  private static List<MapInfo> maps(
      Parameters parameters,
      GraphClassifier other,
      Raster clean,
      Raster changed,
      int explained,
      PanelRequest request,
      AtomicBoolean cancel,
      List<Blob> blobs) {
    List<AlgorithmChoice> choices = parameters.methods() == null ? List.of() : parameters.methods();
    List<MapMethod> methods = choices.stream().map(MapMethod::of).toList();
    Set<String> places = new LinkedHashSet<>();
    methods.forEach(method -> places.addAll(method.gradientsAt(other)));
    List<MapInfo> infos = new ArrayList<>();
    try (Scope scope = Scope.open()) {
      Trace before = other.trace(Batches.of(List.of(clean)).to(other.device()), places);
      Trace after = other.trace(Batches.of(List.of(changed)).to(other.device()), places);
      Objective objective = new Objective.Logit(List.of(explained));
      for (int m = 0; m < methods.size(); m++) {
        Run run = request.run().with(cancel);
        Heatmap first = methods.get(m).of(before, clean, objective, run);
        Heatmap second = methods.get(m).of(after, changed, objective, run);
        blobs.add(Blob.values("map%s-clean".formatted(m), first.map()));
        blobs.add(Blob.values("map%s-adversarial".formatted(m), second.map()));
        infos.add(
            new MapInfo(
                m,
                choices.get(m).id(),
                ClassName.of(explained, other.labels()),
                new Range(first.map().min(), first.map().max()),
                new Range(second.map().min(), second.map().max())));
      }
    }
    return infos;
  }
}
