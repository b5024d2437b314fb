package io.adversight.lab.response;

import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Blob;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.store.ModelStore;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.FeatureVisualization;
import io.adversight.visualization.Visualization;
import io.adversight.visualization.parameterization.ImageBatch;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The image to which a channel responds most, while it is being made. */
public final class FeatureResponder implements Responder {
  private static final int USUAL_STEPS = 128;
  private static final int MOST_STEPS = 2048;
  private static final long PAUSE_NANOS = 250_000_000;

  private final ModelStore models;

  /** The request; {@code steps} of the optimiser, null for 128. */
  record Parameters(
      String model, String layer, int channel, @Nullable Integer steps, @Nullable Long seed) {
    Parameters {
      if (model == null || layer == null) {
        throw new InputException("a feature needs a model, a layer and a channel");
      }
    }
  }

  record Fields(
      String model,
      String layer,
      int channel,
      int done,
      int total,
      int width,
      int height,
      @Nullable Double before,
      @Nullable Double after) {}

  public FeatureResponder(ModelStore models) {
    this.models = models;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    Parameters parameters = Json.read(message, Parameters.class);
    GraphClassifier classifier = models.open(parameters.model());
    String layer = classifier.layer(parameters.layer()).name();
    long channels = classifier.layer(layer).shape().size(1);
    if (parameters.channel() < 0 || parameters.channel() >= channels) {
      throw new InputException(
          "channel %s does not exist; layer %s has channels 0 to %s"
              .formatted(parameters.channel(), layer, channels - 1));
    }
    Integer most = parameters.steps();
    int steps = most == null ? USUAL_STEPS : Math.max(1, Math.min(MOST_STEPS, most));
    Long seed = parameters.seed();
    long[] shown = {System.nanoTime()};
    int[] done = {0};
    Run run =
        Run.of(new Rng(seed == null ? 0 : seed), 0, 1)
            .with(cancel)
            .with(
                (Tensor images, Tensor loss) -> {
                  done[0]++;
                  if (System.nanoTime() - shown[0] > PAUSE_NANOS && !cancel.get()) {
                    shown[0] = System.nanoTime();
                    Raster image = Batches.rasters(images.narrow(0, 0, 1)).get(0);
                    frames.accept(frame(false, parameters, layer, done[0], steps, image, null));
                  }
                });
    Visualization made =
        FeatureVisualization.ofSteps(steps)
            .withFrames()
            .of(
                new Objective.Channel(layer, parameters.channel()),
                ImageBatch.of(classifier, 1),
                run)
            .get(0);
    frames.accept(frame(true, parameters, layer, steps, steps, made.image(), made));
  }

  private static Frame frame(
      boolean last,
      Parameters parameters,
      String layer,
      int done,
      int total,
      Raster image,
      @Nullable Visualization made) {
    return new Frame(
        new Fields(
            parameters.model(),
            layer,
            parameters.channel(),
            done,
            total,
            image.width(),
            image.height(),
            made == null ? null : Finite.of(made.before()),
            made == null ? null : Finite.of(made.after())),
        last,
        List.of(Blob.image("image", image)));
  }
}
