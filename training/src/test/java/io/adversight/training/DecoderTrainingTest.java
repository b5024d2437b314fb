package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.data.DataSet;
import io.adversight.data.DrawnDigitSet;
import io.adversight.data.Labels;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.image.Raster;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.InputResize;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.OutputKind;
import io.adversight.model.Preprocessing;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.training.architecture.GapNet;
import io.adversight.visualization.layer.Representation;
import io.adversight.visualization.layer.RepresentationDecoder;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Decoders of a small network with random weights, for drawn digits of 14 x 14 pixels. */
class DecoderTrainingTest {
  private static final DataSet TRAIN = new DrawnDigitSet(0, 20, 14);
  private static final DataSet TEST = new DrawnDigitSet(1000, 4, 14);

  private final GraphClassifier network =
      new GraphClassifier(
          ModelCard.of(
              "small",
              "small.onnx",
              new Input(1, 14, 14),
              Preprocessing.none(ChannelOrder.GRAY),
              InputResize.stretch(),
              OutputKind.LOGITS,
              10,
              new LabelSource.BuiltIn("digits")),
          Labels.named("digits"),
          new GapNet(List.of(List.of(8), List.of(16))).graph(new Input(1, 14, 14), 10, new Rng(1)));

  @Test
  void makesTestImagesAgainBetterThanTheMeanImage() throws Exception {
    DecoderTraining.Result made =
        new DecoderTraining(8, 10, 0.005, 16, 0).train(network, "relu2", TRAIN, TEST, Run.of(1));
    assertThat(made.error()).isLessThan(0.5 * made.meanError());
    byte[] file = OnnxWriter.write(made.graph(), made.code());
    RepresentationDecoder decoder =
        new RepresentationDecoder(OnnxImporter.read(file, "decoder").graph());
    double sum = 0;
    for (int i = 0; i < TEST.size(); i++) {
      Raster image = TEST.image(i);
      Raster decoded = decoder.image(Representation.of(network, "relu2", image));
      for (int k = 0; k < 14 * 14; k++) {
        double difference = image.at(0, k / 14, k % 14) - decoded.at(0, k / 14, k % 14);
        sum += difference * difference / (14 * 14);
      }
    }
    assertThat(sum / TEST.size()).isCloseTo(made.error(), within(1e-4));
  }

  @Test
  void refusesLayersWithoutMapsAndStopsWhenCancelled() {
    DecoderTraining training = new DecoderTraining(1, 10, 0.005, 16, 0);
    assertThatThrownBy(() -> training.train(network, "logits", TRAIN, TEST, Run.of(1)))
        .hasMessageContaining("a decoder needs a layer of maps");
    Run run = Run.of(1);
    run.cancel();
    assertThatThrownBy(() -> training.train(network, "relu2", TRAIN, TEST, run))
        .isInstanceOf(CancellationException.class);
  }
}
