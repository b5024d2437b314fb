package io.adversight.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attribution.cam.Cam;
import io.adversight.attribution.cam.GradCam;
import io.adversight.attribution.cam.GradCamElementWise;
import io.adversight.attribution.cam.GradCamPlusPlus;
import io.adversight.attribution.cam.HiResCam;
import io.adversight.attribution.cam.LayerCam;
import io.adversight.attribution.cam.ScoreCam;
import io.adversight.attribution.cam.XGradCam;
import io.adversight.attribution.gradient.Gradient;
import io.adversight.attribution.gradient.InputXGradient;
import io.adversight.attribution.gradient.IntegratedGradients;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.tensor.Device;
import io.adversight.tensor.Engine;
import io.adversight.tensor.InferenceSession;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiled files in ONNX Runtime, against the library's own explanations and attacks. */
class CompiledNetworkTest {
  private static final List<Integer> CLASSES = List.of(1, 0, 2);

  private static GraphClassifier network(String name) {
    return ModelReader.open(Models.locateWithoutHome(name), Device.CPU);
  }

  private static Tensor pixels(GraphClassifier network) {
    Input input = network.card().input();
    int elements = input.channels() * input.height() * input.width();
    return Tensor.of(
        new Rng(21).uniform(CLASSES.size() * elements, 0.02, 0.98),
        CLASSES.size(),
        input.channels(),
        input.height(),
        input.width());
  }

  private static Map<String, Object> algorithms() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("gradient", new Gradient());
    all.put("input-x-gradient", new InputXGradient());
    all.put("grad-cam", new GradCam());
    all.put("grad-cam-plus-plus", new GradCamPlusPlus());
    all.put("x-grad-cam", new XGradCam());
    all.put("hi-res-cam", new HiResCam());
    all.put("layer-cam", new LayerCam());
    all.put("element-wise", new GradCamElementWise());
    all.put(
        "integrated-gradients",
        new IntegratedGradients(
            5,
            new IntegratedGradients().rule(),
            new IntegratedGradients().baseline(),
            new IntegratedGradients().reduction()));
    all.put("fgsm", new Fgsm());
    all.put("pgd", new Pgd());
    return all;
  }

  private static void isTheLibrarys(GraphClassifier network, Map<String, Object> algorithms) {
    try (Scope scope = Scope.open()) {
      CompiledNetwork compiled = CompiledNetwork.of(network, algorithms);
      byte[] file = compiled.file(Map.of());
      List<CompiledCheck.Deviation> deviations =
          CompiledCheck.of(compiled, file, network, algorithms, pixels(network), CLASSES);
      assertThat(deviations).hasSize(algorithms.size() + 1);
      // At some pixel a gradient within rounding of 0 may have the other sign, and at some point of
      // a path a rectifier within rounding of its kink the other slope.
      assertThat(deviations).allSatisfy(each -> assertThat(each.apart()).isLessThan(0.003));
      assertThat(deviations)
          .filteredOn(each -> !List.of("fgsm", "pgd").contains(each.output()))
          .allSatisfy(
              each ->
                  assertThat(each.relative())
                      .isLessThan(each.output().startsWith("integrated") ? 5e-3 : 1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"digits", "digits-lenet", "aviary", "aviary-residual", "aviary-vit", "cifar10"})
  void computesTheLibrarysExplanationsAndAttacks(String name) {
    isTheLibrarys(network(name), algorithms());
  }

  @Test
  void computesClassActivationMaps() {
    isTheLibrarys(network("aviary"), Map.of("cam", new Cam()));
  }

  @Test
  void givesAnImageOfABatchWhatItGivesTheImageAlone() {
    try (Scope scope = Scope.open()) {
      GraphClassifier network = network("digits");
      CompiledNetwork compiled = CompiledNetwork.of(network, algorithms());
      try (InferenceSession run = InferenceSession.of(compiled.file(Map.of()), Engine.threads())) {
        Map<String, Tensor> together = run.run(inputs(compiled, pixels(network), 1, 0, 2));
        Map<String, Tensor> alone = run.run(inputs(compiled, pixels(network).narrow(0, 2, 1), 2));
        together.forEach(
            (name, value) -> {
              Tensor own = value.narrow(0, 2, 1);
              Tensor single = alone.getOrDefault(name, Tensor.scalar(Double.NaN));
              double magnitude = own.abs().max().item();
              assertThat(own.sub(single).abs().max().item()).isLessThan(1e-5 * magnitude);
            });
      }
    }
  }

  private static Map<String, Tensor> inputs(
      CompiledNetwork compiled, Tensor pixels, long... classes) {
    return Map.of(
        compiled.inputs().get(0).name(),
        pixels,
        compiled.inputs().get(1).name(),
        Tensor.of(classes, classes.length),
        "epsilon",
        Tensor.scalar(0.03).asFloat(),
        "step",
        Tensor.scalar(0.01).asFloat(),
        "original",
        pixels);
  }

  /** As in the guide. */
  @Test
  void opensWithOnnxRuntimeAlone(@TempDir Path folder) throws Exception {
    GraphClassifier network = network("digits");
    CompiledNetwork compiled =
        CompiledNetwork.of(network, Map.of("grad-cam", new GradCam(), "fgsm", new Fgsm()));
    Path file = Files.write(folder.resolve("digits.explain.onnx"), compiled.file(Map.of()));
    float[][][][] image = new float[1][1][28][28];
    image[0][0][14][14] = 1;
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor pixels = OnnxTensor.createTensor(environment, image);
        OnnxTensor index = OnnxTensor.createTensor(environment, new long[] {7});
        OnnxTensor epsilon = OnnxTensor.createTensor(environment, 0.1f);
        OrtSession.Result result =
            session.run(Map.of("pixels", pixels, "class", index, "epsilon", epsilon))) {
      float[][] logits = (float[][]) result.get("logits").orElseThrow().getValue();
      float[][][][] map = (float[][][][]) result.get("grad-cam").orElseThrow().getValue();
      float[][][][] adversarial = (float[][][][]) result.get("fgsm").orElseThrow().getValue();
      assertThat(logits[0]).hasSize(10);
      assertThat(map[0][0]).hasNumberOfRows(28);
      assertThat(adversarial[0][0][14][14]).isBetween(0.9f - 1e-6f, 1f);
    }
  }

  @Test
  void namesWhatCanBeCompiled() {
    assertThatThrownBy(
            () -> CompiledNetwork.of(network("digits"), Map.of("score-cam", new ScoreCam())))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("score-cam cannot be compiled; these can: gradient, ");
  }
}
