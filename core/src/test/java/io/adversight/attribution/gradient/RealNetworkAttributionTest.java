package io.adversight.attribution.gradient;

import static io.adversight.attribution.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.AttributionContractTest;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.Heatmap;
import io.adversight.attribution.Networks;
import io.adversight.attribution.cam.Cam;
import io.adversight.attribution.cam.HiResCam;
import io.adversight.attribution.relevance.DeepLift;
import io.adversight.attribution.relevance.Lrp;
import io.adversight.attribution.relevance.LrpComposite;
import io.adversight.home.SharedData;
import io.adversight.image.ImageFiles;
import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Explanations of the shared networks on a photo. */
class RealNetworkAttributionTest {
  private static GraphClassifier network(String name) {
    ModelCard card = ModelCard.read(SharedData.path("models/" + name + ".card.json"));
    return ModelReader.open(
        ModelFile.of(SharedData.path("models/" + name + ".onnx"), card), Device.CPU);
  }

  private static Tensor photo(Classifier classifier) {
    Raster photo =
        ImageFiles.read(SharedData.path("images/demo/0207_n02099601_golden_retriever.jpg"));
    int height = classifier.card().input().height();
    int width = classifier.card().input().width();
    Plane[] planes = new Plane[3];
    for (int c = 0; c < 3; c++) {
      planes[c] = Plane.channel(photo, c).resize(height, width);
    }
    return Batches.of(List.of(Raster.generate(3, height, width, (c, y, x) -> planes[c].at(y, x))));
  }

  private static List<Integer> predicted(Classifier classifier, Tensor pixels) {
    return List.of((int) classifier.logits(pixels).argmax(1).toLongs()[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet20_cifar10", "googlenet", "squeezenet1_1"})
  void deepLiftSumsToTheDifferenceFromBlack(String name) {
    try (Scope scope = Scope.open()) {
      Classifier net = network(name);
      Tensor x = photo(net);
      Objective logit = new Objective.Logit(predicted(net, x));
      double sum = new DeepLift().attribute(net.trace(x), logit, Run.of(1)).asDouble().sum().item();
      double difference =
          net.trace(x).values(logit).item() - net.trace(x.fullLike(0)).values(logit).item();
      assertThat(sum).isCloseTo(difference, within(2e-3 * Math.abs(difference) + 2e-3));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet20_cifar10", "googlenet", "mobilenet_v2"})
  void fullGradAndCamSumToTheLogit(String name) {
    try (Scope scope = Scope.open()) {
      Classifier net = network(name);
      Tensor x = photo(net);
      Objective logit = new Objective.Logit(predicted(net, x));
      List<String> places = new ArrayList<>(new FullGrad().gradientsAt(net));
      places.addAll(new Cam().gradientsAt(net));
      Trace trace = net.trace(x, places);
      if (!name.equals("googlenet")) {
        double sum = 0;
        for (Tensor term : FullGrad.terms(trace, logit)) {
          sum += term.asDouble().sum().item();
        }
        assertThat(sum).isCloseTo(trace.values(logit).item(), within(2e-3));
      }
      // The map's mean is the logit less the dense layer's bias, as HiResCAM's sum is.
      Tensor cam = new Cam().attribute(trace, logit, Run.of(1));
      Tensor hiRes = new HiResCam(Cam.pooled(net)).attribute(trace, logit, Run.of(1));
      assertThat(cam.mean().item()).isCloseTo(hiRes.sum().item(), within(1e-3));
      assertThat(trace.forwards()).isEqualTo(1);
      assertThat(trace.backwards()).isEqualTo(1);
    }
  }

  static Stream<Attribution> methodsForAnyNetwork() {
    return AttributionContractTest.methods().filter(Networks::suitsAny);
  }

  @ParameterizedTest
  @MethodSource("methodsForAnyNetwork")
  void everyMethodExplainsAResidualNetwork(Attribution method) {
    Classifier net = network("resnet20_cifar10");
    try (Scope scope = Scope.open()) {
      Tensor x = photo(net);
      Objective logit = new Objective.Logit(predicted(net, x));
      Heatmap map = Attributions.run(List.of(method), net, x, logit, Run.of(1)).get(0).get(0);
      assertThat(map.map().height()).isEqualTo(32);
      assertThat(map.isEmpty()).isFalse();
      for (float value : map.map().toArray()) {
        assertThat(value).isFinite();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EPSILON_PLUS_FLAT", "EPSILON_GAMMA_BOX", "ALPHA2_BETA1"})
  void relevanceCompositesExplainARealNetwork(LrpComposite composite) {
    Classifier net = network("googlenet");
    try (Scope scope = Scope.open()) {
      Tensor x = photo(net);
      Objective logit = new Objective.Logit(predicted(net, x));
      Tensor found =
          new Lrp(composite, 1e-6, 0.25, ChannelReduction.SUM)
              .attribute(net.trace(x), logit, Run.of(1));
      double sum = found.asDouble().sum().item();
      assertThat(sum).isFinite();
      assertThat(found.abs().asDouble().sum().item()).isGreaterThan(0.1);
    }
  }

  @Test
  void layerGivenItsOwnValueLeavesTheLogits() {
    // What leads around the layer is computed from the pixels.
    GraphClassifier net = network("resnet20_cifar10");
    try (Scope scope = Scope.open()) {
      Tensor x = photo(net);
      List<Integer> label = predicted(net, x);
      Objective logit = new Objective.Logit(label);
      String layer = net.layers().get(net.layers().size() / 2).name();
      Trace trace = net.trace(x);
      Tensor own = trace.activation(layer);
      double[] same = logit.values(net.forwardGiven(layer, own, x, false)).toDoubles();
      assertClose(same, trace.values(logit).toDoubles(), 1e-5);
    }
  }
}
