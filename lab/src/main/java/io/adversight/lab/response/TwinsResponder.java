package io.adversight.lab.response;

import io.adversight.attack.Adversarial;
import io.adversight.data.Labels;
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
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The same attack on the same image against several networks, each by its own gradients: a standard
 * one, an adversarially trained one, and one behind defences.
 */
public final class TwinsResponder implements Responder {
  private static final int TWINS_AT_MOST = 4;
  private static final int TOP = 3;

  private final PanelRequests requests;
  private final LiveAttacks attacks;

  /**
   * The request.
   *
   * @param bounds whether the distances of the nearest adversarial images are asked for, too; null
   *     for no
   */
  record Parameters(PanelState state, List<Twin> twins, @Nullable Boolean bounds) {
    Parameters {
      if (twins == null || twins.isEmpty() || twins.size() > TWINS_AT_MOST) {
        throw new InputException("ask for 1 to %s twins".formatted(TWINS_AT_MOST));
      }
      if (state == null) {
        throw new InputException("a request needs a state");
      }
    }
  }

  /**
   * One of the networks.
   *
   * @param defenses in front of it; null for none
   */
  record Twin(String model, @Nullable List<AlgorithmChoice> defenses) {
    Twin {
      if (model == null) {
        throw new InputException("a twin needs a model");
      }
    }
  }

  /** What the attack does to one of them, by its place in the request. */
  record Fields(
      int twin,
      ClassName.Predicted before,
      ClassName.Predicted after,
      boolean success,
      List<ClassName.BeforeAfter> classes) {}

  /** How near its nearest adversarial image is. */
  record Nearest(int twin, Distances distances) {}

  /** One that cannot take the image, or whose distances cannot be computed. */
  record Unusable(int twin, String error) {}

  record Summary(int twins) {}

  public TwinsResponder(PanelRequests requests, LiveAttacks attacks) {
    this.requests = requests;
    this.attacks = attacks;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    Parameters parameters = Json.read(message, Parameters.class);
    List<Twin> twins = parameters.twins();
    for (int i = 0; i < twins.size(); i++) {
      PanelState state = parameters.state().facing(twins.get(i).model(), twins.get(i).defenses());
      int number = i;
      frames.accept(orUnusable(number, cancel, () -> attacked(number, state, cancel)));
    }
    for (int i = 0; Boolean.TRUE.equals(parameters.bounds()) && i < twins.size(); i++) {
      PanelState state = parameters.state().facing(twins.get(i).model(), twins.get(i).defenses());
      int number = i;
      frames.accept(orUnusable(number, cancel, () -> nearest(number, state, cancel)));
    }
    frames.accept(Frame.last(new Summary(twins.size()), List.of()));
  }

  /** A frame, or one that says why there is none, so that the others are shown. */
  private static Frame orUnusable(int twin, AtomicBoolean cancel, Supplier<Frame> frame) {
    if (cancel.get()) {
      throw new CancellationException("cancelled");
    }
    try {
      return frame.get();
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      return Frame.part(new Unusable(twin, Failure.of(e).failure().error()), List.of());
    }
  }

  private Frame attacked(int twin, PanelState state, AtomicBoolean cancel) {
    PanelRequest request = requests.of(state);
    Adversarial adversarial = attacks.find(request, cancel).adversarial();
    Labels labels = request.classifier().labels();
    return Frame.part(
        new Fields(
            twin,
            ClassName.Predicted.top(adversarial.before(), labels),
            ClassName.Predicted.top(adversarial.after(), labels),
            adversarial.success(),
            ClassName.BeforeAfter.of(adversarial.before(), adversarial.after(), TOP, labels)),
        List.of(
            Blob.image("clean", adversarial.original()),
            Blob.image("adversarial", adversarial.changed())));
  }

  private Frame nearest(int twin, PanelState state, AtomicBoolean cancel) {
    PanelRequest request = requests.of(state);
    return Frame.part(
        new Nearest(twin, Distances.of(request, () -> request.run().with(cancel))), List.of());
  }
}
