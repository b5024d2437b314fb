package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.graph.Graph;
import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.graph.training.Trainable;
import io.adversight.model.Input;
import io.adversight.tensor.Device;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.AlexNet;
import io.adversight.training.architecture.Architecture;
import io.adversight.training.architecture.AttentionPooling;
import io.adversight.training.architecture.ConvNeXt;
import io.adversight.training.architecture.DenseAssociativeMemory;
import io.adversight.training.architecture.FullyConnected;
import io.adversight.training.architecture.GoogLeNet;
import io.adversight.training.architecture.LeNet;
import io.adversight.training.architecture.Maxout;
import io.adversight.training.architecture.MobileNetV1;
import io.adversight.training.architecture.MobileNetV2;
import io.adversight.training.architecture.ProtoPNet;
import io.adversight.training.architecture.ResNet;
import io.adversight.training.architecture.ResidualAttention;
import io.adversight.training.architecture.SupervisedAutoEncoder;
import io.adversight.training.architecture.Vgg;
import io.adversight.training.architecture.VisionTransformer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Numbers of weights as published, and shapes on the way. */
class ArchitecturesTest {
  private static final Input LARGE = new Input(3, 224, 224);
  private static final Input CIFAR = new Input(3, 32, 32);

  /** Trained numbers: weights, biases, scales and shifts. */
  private static long count(Graph graph) {
    return new Trainable(graph, Device.CPU).initial().stream().mapToLong(Tensor::elements).sum();
  }

  private static Graph graph(Architecture architecture, Input input, int classes) {
    return architecture.graph(input, classes, new Rng(1));
  }

  private static long[] shape(Graph graph, Input input, String layer) {
    Map<String, Shape> shapes =
        graph.shapes(Shape.of(2, input.channels(), input.height(), input.width()));
    return Objects.requireNonNull(shapes.get(layer), layer).toArray();
  }

  private static void check(
      Architecture architecture,
      Input input,
      int classes,
      long weights,
      String layer,
      long... size) {
    try (Scope scope = Scope.open()) {
      Graph graph = graph(architecture, input, classes);
      assertThat(count(graph)).isEqualTo(weights);
      assertThat(shape(graph, input, layer)).containsExactly(size);
      assertThat(shape(graph, input, "logits")).containsExactly(2, classes);
    }
  }

  @Test
  void resNetsHaveTheirPublishedSizes() {
    // torchvision's resnet18; 0.27 million in He et al. 2016, table 6.
    check(ResNet.eighteen(), LARGE, 1000, 11_689_512, "relu5_2", 2, 512, 7, 7);
    check(ResNet.twenty(), CIFAR, 10, 269_722, "relu4_3", 2, 64, 8, 8);
  }

  @Test
  void mobileNetsHaveTheirPublishedSizes() {
    // 4.2 and 2.6 million in Howard et al. 2017, table 6; torchvision's mobilenet_v2.
    check(new MobileNetV1(1), LARGE, 1000, 4_231_976, "relu14p", 2, 1024, 7, 7);
    check(new MobileNetV1(0.75), LARGE, 1000, 2_585_560, "relu14p", 2, 768, 7, 7);
    check(new MobileNetV2(1), LARGE, 1000, 3_504_872, "relu9", 2, 1280, 7, 7);
    check(new MobileNetV2(0.5), LARGE, 1000, 1_968_680, "relu9", 2, 1280, 7, 7);
  }

  @Test
  void googLeNetHasThePublishedSize() {
    // The weights and biases of the authors' Caffe model without auxiliary classifiers.
    check(new GoogLeNet(), LARGE, 1000, 6_998_552, "inception5b", 2, 1024, 7, 7);
    try (Scope scope = Scope.open()) {
      Graph graph = graph(new GoogLeNet(), LARGE, 10);
      assertThat(shape(graph, LARGE, "inception3a")).containsExactly(2, 256, 28, 28);
      assertThat(shape(graph, LARGE, "inception4e")).containsExactly(2, 832, 14, 14);
    }
  }

  @Test
  void alexNetHasThePublishedSize() {
    // torchvision's alexnet.
    check(new AlexNet(), LARGE, 1000, 61_100_840, "pool5", 2, 256, 6, 6);
    // 4,864 + 307,392 + 663,936 + 884,992 + 590,080, then 2304 * 512 + 512 and so on.
    check(new AlexNet(), CIFAR, 10, 3_899_210, "pool5", 2, 256, 3, 3);
  }

  @Test
  void vggHasThePublishedSize() {
    // Simonyan and Zisserman 2015, table 2: 138 million; torchvision's vgg16.
    check(Vgg.sixteen(), LARGE, 1000, 138_357_544, "pool5", 2, 512, 7, 7);
    Vgg small = new Vgg(List.of(List.of(8), List.of(16, 16)), List.of(20), true);
    // 216 + 16, 1152 + 32, 2304 + 32, then 1024 * 20 + 20 and 20 * 10 + 10.
    check(small, CIFAR, 10, 24_462, "pool2", 2, 16, 8, 8);
  }

  @Test
  void theVisionTransformerHasThePublishedSize() {
    // timm's deit_tiny_patch16_224 (5,717,416) without the 192 of its class token, which are
    // part of the first position here.
    check(
        new VisionTransformer(List.of(), 16, 192, 12, 3, 768),
        LARGE,
        1000,
        5_717_224,
        "block12.attention",
        2,
        3,
        197,
        197);
    assertThatThrownBy(() -> graph(new VisionTransformer(List.of(4), 5, 8, 1, 2, 8), CIFAR, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("images of 32 pixels a side cannot be divided into patches of 10");
  }

  @Test
  void convNeXtHasThePublishedSize() {
    // torchvision's convnext_tiny.
    check(
        new ConvNeXt(List.of(), 4, List.of(96, 192, 384, 768), List.of(3, 3, 9, 3), 7, 1e-6),
        LARGE,
        1000,
        28_589_128,
        "stage4_3",
        2,
        768,
        7,
        7);
    ConvNeXt small = new ConvNeXt(List.of(4), 2, List.of(4, 6), List.of(1, 1), 3, 1);
    assertThatThrownBy(() -> graph(small, new Input(3, 36, 32), 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows and columns must be multiples of 8, but the images have 36 x 32");
    assertThatThrownBy(() -> new ConvNeXt(List.of(), 4, List.of(4, 6), List.of(1), 3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be a depth for each of the 2 widths, but there are 1");
  }

  @Test
  void leNetHasTheSizeOfItsLayers() {
    // 6 (25 + 1) + 16 (150 + 1) + 120 (400 + 1) + 10 (120 + 1)
    check(new LeNet(), new Input(1, 28, 28), 10, 51_902, "relu3", 2, 120, 5, 5);
  }

  @Test
  void denseNetworksHaveTheSizesOfTheirLayers() {
    Input input = new Input(1, 28, 28);
    FullyConnected.Units sigmoid = FullyConnected.Units.SIGMOID;
    // 100 (784 + 1) + 100 (100 + 1) + 10 (100 + 1) and 123 (784 + 1) + 456 (123 + 1) + 10 (456 + 1)
    check(new FullyConnected(List.of(100, 100), sigmoid), input, 10, 89_610, "sigmoid2", 2, 100);
    check(new FullyConnected(List.of(123, 456), sigmoid), input, 10, 157_669, "sigmoid2", 2, 456);
    check(new FullyConnected(List.of(), sigmoid), input, 10, 7_850, "flat", 2, 784);
    // 1200 (784 + 1) + 1200 (240 + 1) + 10 (240 + 1)
    check(new Maxout(List.of(240, 240), 5), input, 10, 1_233_610, "maxout2", 2, 240);
    check(
        new DenseAssociativeMemory(400, 3, 30, 0, 0.1),
        input,
        10,
        317_600,
        "powers_on",
        2,
        10,
        400);
  }

  @Test
  void aMaxoutUnitIsTheLargestOfItsPieces() {
    try (Scope scope = Scope.open()) {
      Graph graph = graph(new Maxout(List.of(2), 3), new Input(1, 2, 2), 4);
      Tensor x = Tensor.of(new Rng(3).uniform(4, 0, 1), 1, 1, 2, 2);
      float[] linear = graph.upTo("linear1").forward(x).toFloats();
      assertThat(graph.upTo("maxout1").forward(x).toFloats())
          .containsExactly(
              Math.max(linear[0], Math.max(linear[1], linear[2])),
              Math.max(linear[3], Math.max(linear[4], linear[5])));
    }
  }

  @Test
  void theSupervisedAutoEncoderLeadsFromImagesThroughCodesBackToImages() {
    Input input = new Input(1, 28, 28);
    // 784 * 20 + 20, 2 (20 * 8 + 8), 8 * 20 + 20, 20 * 784 + 784, 8 * 16 + 16, 16 * 10 + 10,
    // 8 * 16 + 16, 16 * 16 + 16, 16 + 1
    SupervisedAutoEncoder dense = new SupervisedAutoEncoder(8, List.of(), List.of(20), 16, 1);
    check(dense, input, 10, 33_427, "image", 2, 1, 28, 28);
    SupervisedAutoEncoder maps = new SupervisedAutoEncoder(8, List.of(4, 6), List.of(20), 16, 1);
    try (Scope scope = Scope.open()) {
      assertThat(shape(graph(maps, input, 10), input, "decoder_maps")).containsExactly(2, 6, 7, 7);
      assertThat(shape(graph(maps, input, 10), input, "image")).containsExactly(2, 1, 28, 28);
    }
    assertThatThrownBy(() -> graph(maps, new Input(1, 30, 28), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multiples of 4");
  }

  @Test
  void attendingNetworksMakeTheirMaps() {
    Input input = new Input(3, 32, 32);
    List<List<Integer>> stages = List.of(List.of(4), List.of(6));
    try (Scope scope = Scope.open()) {
      Graph pooling = graph(new AttentionPooling(stages), input, 5);
      assertThat(shape(pooling, input, "bottom_up")).containsExactly(2, 1, 16, 16);
      assertThat(shape(pooling, input, "top_down")).containsExactly(2, 5, 16, 16);
      assertThat(shape(pooling, input, "attention")).containsExactly(2, 5, 16, 16);
      Graph residual = graph(new ResidualAttention(List.of(4, 6)), input, 5);
      assertThat(shape(residual, input, "mask1")).containsExactly(2, 4, 16, 16);
      assertThat(shape(residual, input, "mask2")).containsExactly(2, 6, 8, 8);
      Graph prototypes = graph(new ProtoPNet(stages, 7, 3, 0), input, 5);
      assertThat(shape(prototypes, input, "patches")).containsExactly(2, 7, 16, 16);
      assertThat(shape(prototypes, input, "similarities")).containsExactly(2, 15, 16, 16);
    }
    assertThatThrownBy(() -> graph(new ResidualAttention(List.of(4, 6)), new Input(3, 28, 28), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows and columns must be multiples of 8, but the images have 28 x 28");
  }

  @Test
  void everyArchitectureComesBackFromAnOnnxFile() {
    List<List<Integer>> stages = List.of(List.of(4), List.of(6));
    List<Architecture> all =
        List.of(
            new LeNet(),
            new AlexNet(),
            new Vgg(stages, List.of(5), false),
            new ResNet(4, List.of(1, 1), ResNet.Stem.SMALL),
            new ResNet(4, List.of(1, 1), ResNet.Stem.LARGE),
            new MobileNetV1(0.125),
            new MobileNetV2(0.125),
            new GoogLeNet(),
            new VisionTransformer(List.of(), 8, 12, 2, 3, 16),
            new VisionTransformer(List.of(4), 4, 12, 1, 2, 16),
            new ConvNeXt(List.of(), 4, List.of(4, 6), List.of(1, 2), 3, 0.5),
            new ConvNeXt(List.of(4), 2, List.of(4, 6), List.of(1, 1), 7, 1e-6),
            new AttentionPooling(stages),
            new ResidualAttention(List.of(4, 6)),
            new ProtoPNet(stages, 7, 3, 0),
            new FullyConnected(List.of(), FullyConnected.Units.RELU),
            new FullyConnected(List.of(5, 3), FullyConnected.Units.SIGMOID),
            new Maxout(List.of(5, 4), 3),
            new DenseAssociativeMemory(6, 3, 40, 0, 0.3),
            new SupervisedAutoEncoder(4, List.of(), List.of(6), 5, 1),
            new SupervisedAutoEncoder(4, List.of(3, 5), List.of(6), 5, 1));
    for (Architecture architecture : all) {
      try (Scope scope = Scope.open()) {
        int side = architecture instanceof GoogLeNet ? 64 : 32;
        Graph graph = graph(architecture, new Input(3, side, side), 4);
        Tensor x = Tensor.of(new Rng(3).uniform(6 * side * side, 0, 1), 2, 3, side, side);
        byte[] file = OnnxWriter.write(graph, Shape.of(1, 3, side, side));
        ImportOptions unfolded = new ImportOptions().folding(false);
        Graph again = OnnxImporter.read(file, "again", unfolded).graph();
        assertThat(again.forward(x).toFloats())
            .as(architecture.toString())
            .containsExactly(graph.forward(x).toFloats());
      }
    }
  }
}
