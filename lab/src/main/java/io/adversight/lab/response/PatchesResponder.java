package io.adversight.lab.response;

import io.adversight.graph.BackwardRules;
import io.adversight.graph.Layer;
import io.adversight.graph.ReceptiveField;
import io.adversight.graph.ReceptiveFields;
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
import io.adversight.lab.store.ImageInfo;
import io.adversight.lab.store.ImageStore;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.patch.PatchView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * The patches of images to which a channel responds most: what its neuron sees where it is largest,
 * in the clean image, in the adversarial image, and in the project's images of the same kind.
 */
public final class PatchesResponder implements Responder {
  private static final int SAMPLES = 12;
  private static final int SHOWN = 8;
  private static final int SIDE = 64;

  private final PanelRequests requests;
  private final LiveAttacks attacks;
  private final ImageStore images;

  /** The request. */
  record Parameters(PanelState state, String layer, int channel) {
    Parameters {
      if (layer == null) {
        throw new InputException("patches need a layer and a channel");
      }
    }
  }

  /**
   * A patch, whose picture is the blob of its place in the list.
   *
   * @param image what it is cut from, in words
   * @param value of the activation there
   */
  record Patch(String image, double value, int row, int column) {}

  record Fields(String layer, int channel, List<Patch> patches) {}

  private record Found(Patch patch, Raster cell) {}

  public PatchesResponder(PanelRequests requests, LiveAttacks attacks, ImageStore images) {
    this.requests = requests;
    this.attacks = attacks;
    this.images = images;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    Parameters parameters = Json.read(message, Parameters.class);
    PanelRequest request = requests.of(parameters.state());
    GraphClassifier classifier = request.classifier();
    Layer layer = classifier.layer(parameters.layer());
    if (!layer.hasMaps()
        || parameters.channel() < 0
        || parameters.channel() >= layer.mapShape().size(1)) {
      throw new InputException(
          "layer \"%s\" has no channel %s with places"
              .formatted(layer.name(), parameters.channel()));
    }
    Raster clean = request.subject().view();
    ReceptiveFields fields =
        ReceptiveFields.of(classifier.graph(), classifier.imageShape(), List.of(layer.name()));
    List<Found> found = new ArrayList<>();
    found.add(patch(classifier, layer, parameters.channel(), fields, "this image", clean));
    Raster adversarial = attacks.find(request, cancel).adversarial().changed();
    found.add(
        patch(classifier, layer, parameters.channel(), fields, "adversarial image", adversarial));
    List<Found> others = new ArrayList<>();
    for (ImageInfo sample : samples(parameters.state(), clean)) {
      if (cancel.get()) {
        throw new CancellationException("cancelled");
      }
      Raster view = requests.subject(of(parameters.state(), sample.id())).view();
      others.add(patch(classifier, layer, parameters.channel(), fields, sample.name(), view));
    }
    others.sort(Comparator.comparingDouble((Found one) -> -one.patch().value()));
    found.addAll(others.subList(0, Math.min(others.size(), SHOWN - found.size())));
    List<Blob> blobs = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      blobs.add(Blob.image(Integer.toString(i), found.get(i).cell()));
    }
    frames.accept(
        Frame.last(
            new Fields(
                layer.name(), parameters.channel(), found.stream().map(Found::patch).toList()),
            blobs));
  }

  private List<ImageInfo> samples(PanelState state, Raster like) {
    return images.samples().stream()
        .filter(sample -> !sample.id().equals(state.image()))
        .filter(sample -> sample.channels() == null || sample.channels().equals(like.channels()))
        .limit(SAMPLES)
        .toList();
  }

  private static PanelState of(PanelState state, String image) {
    return new PanelState(
        state.model(),
        image,
        null,
        state.attack(),
        null,
        null,
        null,
        null,
        null,
        state.defenses(),
        null,
        state.labelSet());
  }

  /** Where the channel is largest in an image, and what is there. */
  private static Found patch(
      GraphClassifier classifier,
      Layer layer,
      int channel,
      ReceptiveFields fields,
      String name,
      Raster image) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Tensor pixels = Batches.of(List.of(image)).to(classifier.device());
      Tensor map =
          classifier
              .forward(pixels, BackwardRules.STANDARD, Set.of(layer.name()), false)
              .maps(layer.name())
              .narrow(1, channel, 1);
      float[] values = map.asFloat().contiguous().toFloats();
      int at = 0;
      for (int i = 1; i < values.length; i++) {
        at = values[i] > values[at] ? i : at;
      }
      int width = (int) map.size(3);
      ReceptiveField field = fields.at(layer.name(), channel, at / width, at % width);
      PatchView view = new PatchView(field, fields.largest(layer.name(), channel));
      return new Found(new Patch(name, values[at], at / width, at % width), view.cell(image, SIDE));
    }
  }
}
