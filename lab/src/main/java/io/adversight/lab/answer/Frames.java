package io.adversight.lab.answer;

import io.adversight.image.Perturbation;
import io.adversight.image.Raster;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Answer;
import io.adversight.lab.live.Blob;
import io.adversight.lab.live.Frame;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelState;
import io.adversight.lab.panel.Situation;
import io.adversight.lab.panel.Situations;
import io.adversight.lab.panel.Subject;
import io.adversight.model.Prediction;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The pictures that an iterative attack goes through, evenly thinned. */
public final class Frames implements Answer {
  private static final int USUAL = 60;
  private static final int MOST = 200;
  private static final long PAUSE_NANOS = 250_000_000;

  private final Situations situations;
  private final LiveAttacks attacks;

  /** What is asked; {@code most} is the number of pictures, null for 60. */
  record Asked(PanelState state, @Nullable Integer most) {}

  /** How far the attack has come before any picture is shown. */
  record Working(boolean progress, int iteration) {}

  record Fields(
      int index,
      int iteration,
      @Nullable Double loss,
      Named.Predicted after,
      double probability,
      @Nullable Double targetProbability,
      boolean success,
      double gain) {}

  record End(int count, int iterations) {}

  public Frames(Situations situations, LiveAttacks attacks) {
    this.situations = situations;
    this.attacks = attacks;
  }

  @Override
  public void answer(JsonNode question, Consumer<Frame> frames, AtomicBoolean cancel) {
    Asked asked = Json.read(question, Asked.class);
    Situation situation = situations.of(asked.state());
    Integer most = asked.most();
    Reel reel = new Reel(most == null ? USUAL : Math.max(2, Math.min(MOST, most)));
    long[] shown = {System.nanoTime()};
    reel.add(situation.subject().view(), Double.NaN);
    Raster end =
        attacks.watched(
            situation,
            cancel,
            (picture, loss) -> {
              reel.add(picture.get(), loss);
              if (System.nanoTime() - shown[0] > PAUSE_NANOS) {
                shown[0] = System.nanoTime();
                frames.accept(Frame.part(new Working(true, reel.iterations()), List.of()));
              }
            });
    reel.end(end);
    List<Reel.Shot> shots = reel.shots();
    for (int i = 0; i < shots.size(); i++) {
      frames.accept(frame(i, shots.get(i), situation));
    }
    frames.accept(Frame.last(new End(shots.size(), reel.iterations()), List.of()));
  }

  private static Frame frame(int index, Reel.Shot shot, Situation situation) {
    Prediction after = Subject.predict(situation.classifier(), List.of(shot.picture())).get(0);
    Perturbation perturbation = Perturbation.between(situation.subject().view(), shot.picture());
    return Frame.part(
        new Fields(
            index,
            shot.iteration(),
            Finite.of(shot.loss()),
            Named.Predicted.top(after, situation.classifier().labels()),
            after.probability(situation.label()),
            situation.target().isPresent()
                ? (Double) after.probability(situation.target().getAsInt())
                : null,
            Judge.reached(situation, after),
            perturbation.gain()),
        List.of(
            Blob.picture("adversarial", shot.picture()),
            Blob.picture("perturbation", perturbation.picture())));
  }
}
