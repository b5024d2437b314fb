package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.input.InputException;
import io.adversight.model.Input;
import io.adversight.model.LatentModel;
import io.adversight.tensor.Rng;
import java.util.List;
import java.util.Map;

/**
 * A variational auto-encoder whose code is classified, too (Tang et al. 2019, section 3.1), with a
 * discriminator of codes. The encoder (convolutions of stride 2, if any, and dense layers) gives
 * the mean and the log variance of a code; the code drawn from them feeds the decoder (the same in
 * reverse, with {@link UpConvolution} for convolutions), the classifier and the discriminator.
 * Outside training the code is the mean. In training the classifier and the discriminator also see
 * a stray code, the same with noise added, and the discriminator a draw of the prior.
 *
 * @param latent size of the code
 * @param convolutions channels of the encoder's convolutions, each of which halves rows and
 *     columns; may be empty
 * @param dense sizes of the encoder's dense layers
 * @param head size of the dense layers of the classifier and the discriminator
 * @param stray standard deviation of the noise of stray codes
 */
public record SupervisedAutoEncoder(
    int latent, List<Integer> convolutions, List<Integer> dense, int head, double stray)
    implements Architecture {
  public static final String PIXELS = "pixels";
  public static final String MEAN = "mean";
  public static final String LOG_VARIANCE = "log_variance";
  public static final String PIXEL_LOGITS = "decoder_pixels";
  public static final String REALNESS = LatentModel.REALNESS;
  public static final String STRAY_REALNESS = "realness_of_stray";
  public static final String PRIOR_REALNESS = "realness_of_prior";
  public static final String STRAY_LOGITS = "logits_of_stray";
  private static final String NOISE = "noise";
  private static final String STRAY_NOISE = "stray_noise";
  private static final String PRIOR_NOISE = "prior_noise";
  private static final double SLOPE = 0.2;

  public SupervisedAutoEncoder {
    Check.within(1, 4096, latent, "latent");
    Check.atLeast(1, dense.size(), "dense");
    Check.within(1, 8192, head, "head");
    Check.positive(stray, "stray");
    convolutions = List.copyOf(convolutions);
    dense = List.copyOf(dense);
  }

  @Override
  public Map<String, Integer> noise() {
    return Map.of(NOISE, latent, STRAY_NOISE, latent, PRIOR_NOISE, latent);
  }

  @Override
  public List<String> outputs() {
    return List.of(LatentModel.LOGITS, LatentModel.IMAGE, LatentModel.REALNESS, LOG_VARIANCE);
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    int shrunk = 1 << convolutions.size();
    if (input.height() % shrunk != 0 || input.width() % shrunk != 0) {
      throw new InputException(
          "%s convolutions of stride 2 need images whose sides are multiples of %s, but these are %s x %s"
              .formatted(convolutions.size(), shrunk, input.height(), input.width()));
    }
    GraphBuilder plan = new GraphBuilder(PIXELS, input.channels(), rng);
    long rows = input.height() / shrunk;
    long columns = input.width() / shrunk;
    code(plan, encode(plan, (int) (rows * columns)));
    classify(plan, LatentModel.CODE, LatentModel.LOGITS, classes);
    decode(plan, rows, columns, input);
    stray(plan);
    discriminate(plan, LatentModel.CODE, REALNESS);
    discriminate(plan, "stray", STRAY_REALNESS);
    classify(plan, "stray", STRAY_LOGITS, classes);
    prior(plan);
    discriminate(plan, "prior", PRIOR_REALNESS);
    return plan.graph(LatentModel.LOGITS);
  }

  private String encode(GraphBuilder plan, int positions) {
    String last = PIXELS;
    for (int i = 1; i <= convolutions.size(); i++) {
      String conv = plan.conv("encoder_conv" + i, last, convolutions.get(i - 1), 3, 2);
      last = plan.relu("encoder_conv_relu" + i, plan.norm("encoder_norm" + i, conv));
    }
    last = plan.flattenMaps("encoder_maps", last, positions);
    for (int i = 1; i <= dense.size(); i++) {
      last = plan.relu("encoder_relu" + i, plan.dense("encoder_dense" + i, last, dense.get(i - 1)));
    }
    return last;
  }

  /** code = mean + deviation * noise. */
  private void code(GraphBuilder plan, String from) {
    plan.dense(MEAN, from, latent);
    plan.dense(LOG_VARIANCE, from, latent);
    Arithmetic times = new Arithmetic.Mul();
    plan.apply("log_deviation", times, latent, LOG_VARIANCE, plan.number("half", 0.5));
    plan.apply("deviation", new Activation.Exp(), latent, "log_deviation");
    plan.apply("drawn", times, latent, "deviation", plan.number(NOISE, 0));
    plan.sum(LatentModel.CODE, MEAN, "drawn");
  }

  private void stray(GraphBuilder plan) {
    String noise = plan.number(STRAY_NOISE, 0);
    String deviation = plan.number("stray_deviation", stray);
    plan.apply("offset", new Arithmetic.Mul(), latent, noise, deviation);
    plan.sum("stray", LatentModel.CODE, "offset");
  }

  /** Noise alone, in the shape of a code. */
  private void prior(GraphBuilder plan) {
    Arithmetic times = new Arithmetic.Mul();
    plan.apply("nothing", times, latent, LatentModel.CODE, plan.number("zero", 0));
    Arithmetic plus = new Arithmetic.Add();
    plan.apply("prior", plus, latent, "nothing", plan.number(PRIOR_NOISE, 0));
  }

  /** One hidden layer and the logits; with the same weights for all codes. */
  private void classify(GraphBuilder plan, String code, String output, int classes) {
    String hidden = plan.sharedDense(output + "_dense", "classifier_dense", code, head);
    plan.sharedDense(output, "logits", plan.relu(output + "_relu", hidden), classes);
  }

  private void decode(GraphBuilder plan, long rows, long columns, Input image) {
    String last = LatentModel.CODE;
    for (int i = dense.size(); i >= 1; i--) {
      last = plan.relu("decoder_relu" + i, plan.dense("decoder_dense" + i, last, dense.get(i - 1)));
    }
    boolean isDense = convolutions.isEmpty();
    int channels = isDense ? image.channels() : convolutions.get(convolutions.size() - 1);
    last = plan.dense("decoder_dense", last, (int) (channels * rows * columns));
    last = isDense ? last : plan.relu("decoder_relu", last);
    Layout maps = new Layout.Reshape(List.of(-1L, (long) channels, rows, columns), false);
    last = plan.apply(isDense ? PIXEL_LOGITS : "decoder_maps", maps, channels, last);
    if (isDense) {
      plan.sigmoid(LatentModel.IMAGE, last);
    } else {
      new UpConvolution(channels).behind(plan, "decoder_", last, rows, columns, image);
    }
  }

  /** Two layers and a logit; with the same weights for all codes. */
  private void discriminate(GraphBuilder plan, String code, String output) {
    String first = shared(plan, "1", code, output, head);
    String second = shared(plan, "2", first, output, head);
    plan.sharedDense(output, "discriminator_dense3", second, 1);
  }

  private static String shared(
      GraphBuilder plan, String place, String from, String output, int size) {
    String layer =
        plan.sharedDense(output + "_dense" + place, "discriminator_dense" + place, from, size);
    return plan.apply(output + "_act" + place, new Activation.LeakyRelu(SLOPE), size, layer);
  }
}
