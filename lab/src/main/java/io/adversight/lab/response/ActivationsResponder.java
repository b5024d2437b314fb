package io.adversight.lab.response;

import io.adversight.graph.BackwardRules;
import io.adversight.graph.Layer;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Blob;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.model.Activations;
import io.adversight.model.Batches;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a layer makes of the clean and of the changed image, channel by channel. */
public final class ActivationsResponder implements Responder {
  private static final int USUAL = 32;
  private static final int MOST = 64;

  private final PanelRequests requests;
  private final LiveAttacks attacks;

  /**
   * The request.
   *
   * @param layer the layer's name; null for the one that explanations use
   * @param order index, strongest or changed; null for index
   */
  record Parameters(
      PanelState state,
      @Nullable String layer,
      @Nullable String order,
      @Nullable Integer offset,
      @Nullable Integer limit) {}

  record Channel(
      int channel,
      float cleanMean,
      float adversarialMean,
      float cleanMax,
      float adversarialMax,
      double change) {}

  record Fields(
      String layer, List<Integer> shape, List<Channel> channels, int total, float min, float max) {}

  public ActivationsResponder(PanelRequests requests, LiveAttacks attacks) {
    this.requests = requests;
    this.attacks = attacks;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    Parameters parameters = Json.read(message, Parameters.class);
    PanelRequest request = requests.of(parameters.state());
    Layer layer = request.classifier().layer(parameters.layer() == null ? "" : parameters.layer());
    Raster changed = attacks.find(request, cancel).adversarial().changed();
    List<Raster> values = values(request, layer, changed);
    Raster clean = values.get(0);
    Raster adversarial = values.get(1);
    List<Channel> all = channels(clean, adversarial);
    int offset = parameters.offset() == null ? 0 : Math.max(0, parameters.offset());
    int limit =
        parameters.limit() == null ? USUAL : Math.max(1, Math.min(MOST, parameters.limit()));
    List<Channel> shown =
        all.stream().sorted(order(parameters.order())).skip(offset).limit(limit).toList();
    List<Integer> shape = List.of(shown.size(), clean.height(), clean.width());
    frames.accept(
        Frame.last(
            new Fields(
                layer.name(),
                List.of(clean.channels(), clean.height(), clean.width()),
                shown,
                all.size(),
                Math.min(clean.min(), adversarial.min()),
                Math.max(clean.max(), adversarial.max())),
            List.of(
                Blob.floats("clean", shape, chosen(clean, shown)),
                Blob.floats("adversarial", shape, chosen(adversarial, shown)))));
  }

  /** The layer's values for both images as (channels, height, width). */
  private static List<Raster> values(PanelRequest request, Layer layer, Raster changed) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Tensor pixels =
          Batches.of(List.of(request.subject().view(), changed)).to(request.classifier().device());
      Activations activations = request.classifier().forward(pixels, BackwardRules.STANDARD);
      Tensor value = activations.maps(layer.name());
      Tensor maps =
          value.rank() == 4
              ? value
              : value.reshape(value.size(0), value.elements() / value.size(0), 1, 1);
      return Batches.rasters(maps);
    }
  }

  private static List<Channel> channels(Raster clean, Raster adversarial) {
    float[] before = clean.toArray();
    float[] after = adversarial.toArray();
    int plane = clean.height() * clean.width();
    double norm = 0;
    for (float value : before) {
      norm += (double) value * value;
    }
    double whole = Math.sqrt(norm);
    return IntStream.range(0, clean.channels())
        .mapToObj(c -> channel(c, before, after, plane, whole))
        .toList();
  }

  private static Channel channel(
      int channel, float[] before, float[] after, int plane, double whole) {
    double sumBefore = 0;
    double sumAfter = 0;
    double square = 0;
    float maxBefore = Float.NEGATIVE_INFINITY;
    float maxAfter = Float.NEGATIVE_INFINITY;
    for (int i = channel * plane; i < (channel + 1) * plane; i++) {
      sumBefore += before[i];
      sumAfter += after[i];
      maxBefore = Math.max(maxBefore, before[i]);
      maxAfter = Math.max(maxAfter, after[i]);
      double d = (double) after[i] - before[i];
      square += d * d;
    }
    return new Channel(
        channel,
        (float) (sumBefore / plane),
        (float) (sumAfter / plane),
        maxBefore,
        maxAfter,
        whole == 0 ? 0 : Math.sqrt(square) / whole);
  }

  private static Comparator<Channel> order(@Nullable String name) {
    return switch (name == null ? "index" : name) {
      case "index" -> Comparator.comparingInt(Channel::channel);
      case "strongest" ->
          Comparator.comparingDouble((Channel c) -> -Math.max(c.cleanMax(), c.adversarialMax()));
      case "changed" -> Comparator.comparingDouble((Channel c) -> -c.change());
      default ->
          throw new InputException(
              "the order must be index, strongest or changed, but was \"%s\"".formatted(name));
    };
  }

  private static float[] chosen(Raster values, List<Channel> channels) {
    int plane = values.height() * values.width();
    float[] all = values.toArray();
    float[] some = new float[channels.size() * plane];
    for (int i = 0; i < channels.size(); i++) {
      System.arraycopy(all, channels.get(i).channel() * plane, some, i * plane, plane);
    }
    return some;
  }
}
