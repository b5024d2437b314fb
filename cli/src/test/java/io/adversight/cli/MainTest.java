package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.data.AviarySet;
import io.adversight.data.DrawnDigits;
import io.adversight.image.ImageFiles;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MainTest {
  @TempDir Path folder;
  private Path seven;

  @BeforeEach
  void draw() {
    seven = folder.resolve("seven.png");
    ImageFiles.writePng(DrawnDigits.draw(7, 3), seven);
  }

  private Shell.Outcome run(Object... words) {
    return new Shell(folder).run(words);
  }

  @Test
  void writesImagesOfADataSetWithTheirMasks() {
    Path out = folder.resolve("birds");
    Path sheet = folder.resolve("sheet.png");
    Shell.Outcome outcome =
        run("data", "aviary", "--count", "2", "--out", out.toString(), "--sheet", sheet.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Raster bird = ImageFiles.read(out.resolve("images/streaked_russet/streaked-russet-0.png"));
    assertThat(bird).isEqualTo(AviarySet.test().image(1));
    Raster mask =
        ImageFiles.read(out.resolve("masks/deciding/streaked_russet/streaked-russet-0.png"));
    assertThat(mask.channel(0)).isEqualTo(AviarySet.test().mask(1, "deciding").quantized());
    assertThat(ImageFiles.read(sheet).width()).isEqualTo(2 * 96 + 2);
    assertThat(run("data").out()).contains("aviary").contains("cifar10-train");
    assertThat(run("data", "aviary", "--count", "1201").err())
        .contains("count must be between 1 and 1200, but was 1201");
  }

  @Test
  void predictsWithAllLogitsInFullPrecision() {
    Shell.Outcome outcome = run("predict", "--model", "digits", "--json", seven.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode image = outcome.json().path("images").path(0);
    assertThat(image.path("top").path(0).path("index").asInt()).isEqualTo(7);
    assertThat(image.path("logits")).hasSize(10);
    double sum = 0;
    for (JsonNode probability : image.path("probabilities")) {
      sum += probability.asDouble();
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  @Test
  void attacksIntoAFolderThatProgramsCanRead() throws IOException {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        run(
            "attack",
            "--model",
            "digits",
            "--attack",
            "pgd",
            "--epsilon",
            "0.2",
            "--steps",
            "10",
            "--relative-step",
            "0.2",
            "--out",
            out.toString(),
            seven.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Path place = out.resolve("seven").resolve("pgd");
    Raster adversarial = Npy.read(place.resolve("adversarial.npy"));
    assertThat(adversarial.toString()).isEqualTo("Raster(1, 28, 28)");
    Raster original = ImageFiles.read(seven);
    float[] before = original.toArray();
    float[] after = adversarial.toArray();
    for (int i = 0; i < before.length; i++) {
      assertThat(Math.abs(after[i] - before[i])).isLessThanOrEqualTo(0.2f + 1e-6f);
      assertThat(after[i]).isBetween(0f, 1f);
    }
    assertThat(place.resolve("adversarial.png")).exists();
    assertThat(place.resolve("perturbation.png")).exists();
    assertThat(place.resolve("grad-cam").resolve("difference.npy")).exists();
    Path explanation = out.resolve("seven").resolve("grad-cam");
    assertThat(Npy.read(explanation.resolve("map.npy")).toString()).isEqualTo("Raster(1, 28, 28)");
    assertThat(Npy.read(explanation.resolve("layer.npy")).height()).isEqualTo(7);
    assertThat(Npy.read(explanation.resolve("map.npy")).min()).isGreaterThanOrEqualTo(0);
    JsonNode attack =
        Shell.json(out.resolve("result.json")).path("images").path(0).path("attacks").path(0);
    assertThat(attack.path("success").asBoolean()).isTrue();
    assertThat(attack.path("norms").path("linf").asDouble()).isCloseTo(0.2, within(1e-6));
    String report = Files.readString(out.resolve("report.html"));
    assertThat(report)
        .contains("data:image/png;base64,")
        .doesNotContain("<script")
        .contains("--steps");
  }

  @Test
  void givesEveryEpsilonAFolder() {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        run(
            "attack",
            "--model",
            "digits",
            "--attack",
            "fgsm",
            "--epsilon",
            "8/255,0.1",
            "--method",
            "none",
            "--out",
            out.toString(),
            seven.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(out.resolve("seven/fgsm/epsilon-0.0313725/adversarial.npy")).exists();
    assertThat(out.resolve("seven/fgsm/epsilon-0.1/adversarial.npy")).exists();
  }

  @Test
  void filmsAnAttack() {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        run(
            "attack",
            "--model",
            "digits",
            "--attack",
            "pgd",
            "--steps",
            "5",
            "--trajectory",
            "--method",
            "none",
            "--out",
            out,
            seven);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Raster strip = ImageFiles.read(out.resolve("seven/pgd/trajectory.png"));
    assertThat(strip.width()).isGreaterThan(6 * 168);
    assertThat(ImageFiles.read(out.resolve("seven/pgd/trajectory.gif")).width()).isEqualTo(168);
    JsonNode trajectory =
        Shell.json(out.resolve("result.json"))
            .path("images")
            .path(0)
            .path("attacks")
            .path(0)
            .path("trajectory");
    assertThat(trajectory).hasSize(5);
    assertThat(trajectory.path(4).path("step").asInt()).isEqualTo(5);
  }

  @Test
  void findsTheSmallestEpsilon() {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        run(
            "attack",
            "--model",
            "digits",
            "--attack",
            "fgsm",
            "--minimal",
            "--method",
            "none",
            "--out",
            out.toString(),
            seven.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode attack =
        Shell.json(out.resolve("result.json")).path("images").path(0).path("attacks").path(0);
    double linf = attack.path("norms").path("linf").asDouble();
    assertThat(linf).isBetween(0.01, 0.9);
    Shell.Outcome within =
        run(
            "attack",
            "--model",
            "digits",
            "--attack",
            "fgsm",
            "--epsilon",
            "" + linf * 0.9,
            "--method",
            "none",
            "--json",
            "--out",
            out + "-less",
            seven.toString());
    JsonNode less = within.json();
    assertThat(less.path("images").path(0).path("attacks").path(0).path("success").asBoolean())
        .isFalse();
  }

  @Test
  void takesImagesOfADataSetWithTheirClasses() {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        run(
            "attack",
            "--model",
            "digits",
            "--attack",
            "fgsm",
            "--method",
            "graph-based-visual-saliency,itti-koch-niebur",
            "--out",
            out.toString(),
            "drawn-digits:3-4",
            "drawn-digits:4",
            seven.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode images = Shell.json(out.resolve("result.json")).path("images");
    assertThat(images).hasSize(3);
    assertThat(images.path(1).path("name").asString()).isEqualTo("drawn-digits-digit-4-hand-0");
    assertThat(images.path(1).path("labelGiven").asBoolean()).isTrue();
    Path saliency = out.resolve("drawn-digits-digit-4-hand-0/graph-based-visual-saliency/map.npy");
    assertThat(Npy.read(saliency).max()).isEqualTo(1);
    assertThat(Npy.read(saliency).min()).isGreaterThanOrEqualTo(0);
    assertThat(run("predict", "--model", "digits", "drawn-digits:0-999999").err())
        .contains("drawn-digits has the images 0 to");
  }

  @Test
  void explainsUnreducedAndReduced() {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        run(
            "explain",
            "--model",
            "digits",
            "--method",
            "gradient,grad-cam",
            "--out",
            out.toString(),
            seven.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Raster signed = Npy.read(out.resolve("seven/gradient/attribution.npy"));
    assertThat(signed.min()).isNegative();
    assertThat(Npy.read(out.resolve("seven/gradient/map.npy")).min()).isGreaterThanOrEqualTo(0);
    assertThat(out.resolve("seven/gradient/layer.npy")).doesNotExist();
  }

  @Test
  void repeatsToTheSameBytesBySeed() throws IOException {
    byte[][] images = new byte[2][];
    for (int i = 0; i < 2; i++) {
      Path out = folder.resolve("out" + i);
      run(
          "attack",
          "--model",
          "digits",
          "--method",
          "none",
          "--seed",
          "5",
          "--out",
          out.toString(),
          seven.toString());
      images[i] = Files.readAllBytes(out.resolve("seven/pgd/adversarial.npy"));
    }
    assertThat(images[0]).isEqualTo(images[1]);
  }

  @Test
  void goesOnWithAnUnfinishedFolder() throws IOException {
    Path out = folder.resolve("out");
    ImageFiles.writePng(DrawnDigits.draw(4, 1), folder.resolve("four.png"));
    String[] command = {
      "attack",
      "--model",
      "digits",
      "--attack",
      "fgsm",
      "--method",
      "none",
      "--batch",
      "1",
      "--out",
      out.toString(),
      seven.toString(),
      folder.resolve("four.png").toString()
    };
    assertThat(run((Object[]) command).code()).isZero();
    Files.delete(out.resolve("result.json"));
    try (Stream<Path> files = Files.walk(out.resolve("four"))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    java.nio.file.attribute.FileTime untouched =
        Files.getLastModifiedTime(out.resolve("seven/image.json"));
    assertThat(run((Object[]) command).code()).isZero();
    assertThat(Shell.json(out.resolve("result.json")).path("images")).hasSize(2);
    assertThat(Files.getLastModifiedTime(out.resolve("seven/image.json"))).isEqualTo(untouched);
  }

  @Test
  void refusesAFolderOfAnotherStudy() {
    Path out = folder.resolve("out");
    run("explain", "--model", "digits", "--out", out.toString(), seven.toString());
    Shell.Outcome outcome =
        run(
            "explain",
            "--model",
            "digits",
            "--method",
            "gradient",
            "--out",
            out.toString(),
            seven.toString());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("holds the results of another study");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attack --model digits --epsilon 8 IMAGE|did you mean 8/255?",
        "attack --model digits --epsilon=-1 IMAGE|give a number such as 8/255",
        "attack --model digits --epsilon x IMAGE|epsilon must be a number such as 8/255 or 0.03",
        "attack --model digits --attack pdg IMAGE|did you mean pgd?",
        "attack --model digits --steps 0 IMAGE|pgd: steps must be at least 1, but was 0",
        "attack --model digits --target eleven IMAGE|there is no class \"eleven\"",
        "attack --model digits --target 10 IMAGE|from 0 to 9",
        "explain --model digits --layer conv9 IMAGE|layer \"conv9\" does not exist; the layers"
            + " are",
        "explain --model digits --method grad-kam IMAGE|did you mean grad-cam",
        "predict --model digitz IMAGE|did you mean digits?",
        "predict --model digits missing.png|missing.png: no such file",
        "predict --model digits TEXT|text.jpg",
        "predict --model TEXT.onnx IMAGE|text.onnx",
        "predict --model digits --mean 0.5 IMAGE|a known model has its own preprocessing",
        "predict --model digits|Missing required parameter: 'IMAGE'",
        "attack --model digits --speed 3 IMAGE|Unknown option: '--speed'",
        "attack --model digits --attack pgd,bim --steps 3 IMAGE|--bim.steps or --pgd.steps",
        "models remove digits|digits",
        "frobnicate|there is no command \"frobnicate\"",
        "attak|there is no command \"attak\"; did you mean attack?",
        "models chek|there is no command \"chek\""
      })
  void saysInOneLineWhatIsWrong(String command, String expected) throws IOException {
    Path text = folder.resolve("text.jpg");
    Files.writeString(text, "not an image", StandardCharsets.UTF_8);
    Files.writeString(folder.resolve("text.onnx"), "not a network", StandardCharsets.UTF_8);
    Path out = folder.resolve("out");
    String[] words =
        command
            .replace("TEXT.onnx", folder.resolve("text.onnx").toString())
            .replace("TEXT", text.toString())
            .replace("IMAGE", seven + (command.startsWith("predict") ? "" : " --out " + out))
            .split(" ");
    Shell.Outcome outcome = run((Object[]) words);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().lines().findFirst().orElse("")).contains(expected);
    assertThat(outcome.err()).doesNotContain("\tat ");
    assertThat(out).doesNotExist();
  }

  @Test
  void listsParametersOfNamedAlgorithmsInTheHelp() {
    String help = run("attack", "--attack", "pgd", "--help").out();
    assertThat(help).contains("--relative-step").contains("--pgd.relative-step");
    String both = run("attack", "--attack", "pgd,fgsm", "--help").out();
    assertThat(both).contains("--pgd.loss").contains("--fgsm.loss");
  }

  @Test
  void printsTheCatalogueAsJson() {
    Shell.Outcome outcome = run("catalog", "--json");
    JsonNode entries = outcome.json();
    List<String> ids = new java.util.ArrayList<>();
    entries.forEach(entry -> ids.add(entry.path("id").asString()));
    assertThat(ids).contains("fgsm", "pgd", "gradient", "grad-cam");
  }

  @Test
  void explainsByAttentionOnlyWhereThereIsSome() {
    Shell.Outcome outcome =
        run(
            "explain",
            "--model",
            "digits",
            "--method",
            "attention-map",
            "--out",
            folder.resolve("attention").toString(),
            seven.toString());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("attention-map needs a network with attention pooling (adversight train");
  }

  @Test
  void showsPrototypesOnlyWhereThereAreSome() {
    Path sheets = folder.resolve("sheets");
    Shell.Outcome outcome =
        run("prototypes", "--model", "digits", "--out", sheets.toString(), seven.toString());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("needs a network by prototypes (adversight train");
  }

  @Test
  void listsRecipesAndRefusesUnknownOnes() {
    assertThat(run("train").out()).contains("digits").contains("aviary");
    Shell.Outcome unknown = run("train", "aviari");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("there is no recipe \"aviari\"").contains("did you mean");
    assertThat(run("train", "aviary", "--threads", "-1").err())
        .contains("threads must be at least 0, but was -1");
  }

  @Test
  void runsTheDemo() {
    Path out = folder.resolve("demo");
    Shell.Outcome outcome = run("demo", "--out", out.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(Shell.json(out.resolve("result.json")).path("images")).hasSize(12);
  }

  @Test
  void addsShowsUsesAndRemovesAModel() throws IOException {
    Path onnx = folder.resolve("mine.onnx");
    try (var in = MainTest.class.getResourceAsStream("/io/adversight/models/digits.onnx")) {
      Files.copy(java.util.Objects.requireNonNull(in), onnx);
    }
    Path labelled = folder.resolve("labelled");
    for (int digit = 0; digit < 10; digit++) {
      ImageFiles.writePng(
          DrawnDigits.draw(digit, 2), labelled.resolve(Integer.toString(digit)).resolve("a.png"));
    }
    Shell.Outcome added =
        run("models", "add", onnx.toString(), "--labels", "digits", "--check", labelled.toString());
    assertThat(added.code()).as(added.err()).isZero();
    assertThat(added.out()).contains("pre-flight check: ").contains("mine was added");
    assertThat(run("models", "list").out()).contains("mine");
    assertThat(run("models", "show", "mine").out()).contains("\"channels\"");
    assertThat(run("predict", "--model", "mine", seven.toString()).out()).contains("7");
    assertThat(run("models", "remove", "mine").code()).isZero();
    assertThat(run("predict", "--model", "mine", seven.toString()).code()).isEqualTo(2);
  }
}
