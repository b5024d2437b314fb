package io.adversight.cli;

import static io.adversight.graph.OnnxFile.integer;
import static io.adversight.graph.OnnxFile.integers;
import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.graph.OnnxFile;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.tensor.Rng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Networks of the whole of ImageNet: 21,843 classes, some of one name. */
class LargeLabelSetTest {
  private static final int CLASSES = 21_843;
  private static final int SIDE = 16;

  @TempDir static Path folder;
  private static Shell shell;
  private static Path network;
  private static Path labels;
  private static Path photo;

  @BeforeAll
  static void write() throws IOException {
    shell = new Shell(folder);
    OnnxFile file = new OnnxFile(17).input(-1, 3, SIDE, SIDE);
    file.floats("conv.weight", new Rng(1).uniform(4 * 27, -1, 1), 4, 3, 3, 3)
        .floats("fc.weight", new Rng(3).uniform(4 * CLASSES, -3, 3), 4, CLASSES)
        .node("Conv", "c", List.of("x", "conv.weight"), integers("pads", 1, 1, 1, 1))
        .node("Relu", "r", List.of("c"))
        .node("GlobalAveragePool", "p", List.of("r"))
        .node("Flatten", "f", List.of("p"))
        .node("Gemm", "y", List.of("f", "fc.weight"), integer("transB", 0));
    network = Files.write(folder.resolve("in21k.onnx"), file.bytes());
    labels =
        Files.write(
            folder.resolve("labels.txt"),
            IntStream.range(0, CLASSES)
                .mapToObj(i -> i == 7 || i == 21_000 ? "crane" : "thing " + i)
                .toList());
    photo = folder.resolve("photo.png");
    float[] values = new Rng(8).uniform(3 * SIDE * SIDE, 0, 1);
    ImageFiles.writePng(Raster.of(3, SIDE, SIDE, values), photo);
  }

  private static Shell.Outcome run(Object... words) {
    Shell.Outcome outcome = shell.run(words);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome;
  }

  @Test
  void predictsAndNamesItsClasses() {
    JsonNode found = run("predict", "--json", "--model", network, "--labels", labels, photo).json();
    assertThat(found.at("/images/0/logits")).hasSize(CLASSES);
    String text = run("predict", "--model", network, "--labels", labels, photo).out();
    assertThat(text).contains("thing ").hasLineCount(text.split("\n", -1).length - 1);
    assertThat(text.length()).isLessThan(2_000);
  }

  @Test
  void attacksAndExplains() {
    Path out = folder.resolve("out");
    run(
        "attack",
        "--model",
        network,
        "--labels",
        labels,
        "--attack",
        "pgd,deep-fool,apgd-targeted,square",
        "--square.queries",
        "20",
        "--epsilon",
        "0.1",
        "--method",
        "grad-cam,gradient,score-cam",
        "--out",
        out,
        photo);
    JsonNode result = Shell.json(out.resolve("result.json"));
    assertThat(result.at("/images")).hasSize(1);
    assertThat(out.resolve("report.html").toFile().length()).isLessThan(3_000_000);
  }

  @Test
  void refusesWhatTakesABackwardPassForEachClass() {
    Shell.Outcome outcome =
        shell.run(
            "attack",
            "--model",
            network,
            "--attack",
            "fab",
            "--method",
            "none",
            "--out",
            folder.resolve("fab"),
            photo);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("fab looks at the boundaries of all classes at each step, at most 2000")
        .contains("targets=9");
    run(
        "attack",
        "--model",
        network,
        "--attack",
        "fab",
        "--targets",
        "2",
        "--steps",
        "3",
        "--method",
        "none",
        "--out",
        folder.resolve("fab9"),
        photo);
  }

  @Test
  void findsAClassByNameAndSuggestsOthers() {
    run(
        "explain",
        "--model",
        network,
        "--labels",
        labels,
        "--class",
        "thing 21842",
        "--method",
        "gradient",
        "--out",
        folder.resolve("explained"),
        photo);
    JsonNode result = Shell.json(folder.resolve("explained/result.json"));
    assertThat(result.at("/images/0/explanations/0/class/index").asInt()).isEqualTo(21_842);
    Shell.Outcome wrong =
        shell.run(
            "explain", "--model", network, "--labels", labels, "--class", "thing 2184x", photo);
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).hasLineCount(1).contains("thing 2184");
    Shell.Outcome twice =
        shell.run("explain", "--model", network, "--labels", labels, "--class", "crane", photo);
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.err())
        .hasLineCount(1)
        .contains("7 (crane (class 7))", "21000 (crane (class 21000))");
  }

  @Test
  void keepsItsLabelsInACard() {
    run("models", "add", network, "--labels", labels);
    assertThat(run("predict", "--model", "in21k", photo).out()).contains("thing ");
    Shell.Outcome wrong =
        shell.run("predict", "--model", network, "--labels", "imagenet-1k", photo);
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).hasLineCount(1).contains("has 1000 names, but the model has 21843");
  }
}
