package io.adversight.model;

import io.adversight.data.Labels;
import io.adversight.graph.Graph;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.ImportedModel;
import io.adversight.tensor.Device;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * A supervised auto-encoder with a discriminator (Tang et al. 2019, section 3): a generative model
 * of images whose codes are classified.
 *
 * @param card of its file
 * @param labels the names of the classes
 * @param encoder from images (N, C, H, W) to codes (N, size), the mean of each image's distribution
 * @param decoder from codes to images with pixels in [0, 1]
 * @param classifier from codes to logits (N, classes)
 * @param discriminator from codes to (N, 1), positive for codes such as the encoder makes
 */
public record LatentModel(
    ModelCard card,
    Labels labels,
    Graph encoder,
    Graph decoder,
    Graph classifier,
    Graph discriminator) {
  /** The layer of the codes. */
  public static final String CODE = "code";

  /** The output of the classifier. */
  public static final String LOGITS = "logits";

  /** The output of the decoder. */
  public static final String IMAGE = "image";

  /** The output of the discriminator. */
  public static final String REALNESS = "realness";

  /**
   * The auto-encoder in a file with the outputs {@link #LOGITS}, {@link #IMAGE} and {@link
   * #REALNESS} and the layer {@link #CODE}.
   *
   * @throws ModelFormatException if it is none
   */
  public static LatentModel open(ModelFile file, Device device) {
    ImportedModel logits = file.network(options(file.card()));
    if (!logits.outputs().containsAll(List.of(LOGITS, IMAGE, REALNESS))) {
      throw notOne(file, "its outputs are " + String.join(", ", logits.outputs()));
    }
    Preprocessing preprocessing = file.card().preprocessing();
    if (!preprocessing.equals(Preprocessing.none(preprocessing.channels()))) {
      throw notOne(file, "its preprocessing does not leave pixels in [0, 1] as they are");
    }
    Graph classified = graph(file, LOGITS);
    if (classified.nodes().stream().noneMatch(node -> node.name().equals(CODE))) {
      throw notOne(file, "it has no such layer");
    }
    return new LatentModel(
        file.card(),
        file.labels(),
        classified.upTo(CODE).to(device),
        graph(file, IMAGE).after(CODE).to(device),
        classified.after(CODE).to(device),
        graph(file, REALNESS).after(CODE).to(device));
  }

  private static ImportOptions options(ModelCard card) {
    Input input = card.input();
    return new ImportOptions().image(Shape.of(1, input.channels(), input.height(), input.width()));
  }

  private static Graph graph(ModelFile file, String output) {
    return file.network(options(file.card()).output(output)).graph();
  }

  private static ModelFormatException notOne(ModelFile file, String reason) {
    return new ModelFormatException(
        file.toString(),
        ("is no supervised auto-encoder (outputs %s, %s and %s, layer %s): %s; adversight train"
                + " digits-svae makes one")
            .formatted(LOGITS, IMAGE, REALNESS, CODE, reason));
  }

  /** The codes of images, (N, C, H, W) to (N, size). */
  public Tensor encode(Tensor pixels) {
    return encoder.forward(pixels);
  }

  /** The images of codes, with pixels in [0, 1]. */
  public Tensor decode(Tensor codes) {
    return decoder.forward(codes);
  }

  /** What codes are taken for, (N, classes). */
  public Tensor classify(Tensor codes) {
    return classifier.forward(codes);
  }

  /** Logits, (N), of the probability that codes are such as the encoder makes. */
  public Tensor discriminate(Tensor codes) {
    return discriminator.forward(codes).reshape(-1);
  }
}
