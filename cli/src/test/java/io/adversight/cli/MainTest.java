package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.data.AviarySet;
import io.adversight.data.DrawnDigits;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
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
  void buildsOnlyTheCommandThatIsNamed() {
    assertThat(commands("attack", "--attack", "fgsm")).containsExactlyInAnyOrder("help", "attack");
    assertThat(commands("help", "patches", "build")).containsExactlyInAnyOrder("help", "patches");
    assertThat(commands("--help")).hasSizeGreaterThan(30);
    assertThat(run("attac").err()).contains("attack");
  }

  private static Set<String> commands(String... words) {
    return line(words).getSubcommands().keySet();
  }

  private static CommandLine line(String... words) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return Main.line(Map.of(), nowhere, nowhere, words);
  }

  @Test
  void listsCommandsWithoutBuildingThem() {
    CommandLine outlines = line("--help");
    assertThat(outlines.getSubcommands().values())
        .filteredOn(command -> !command.getCommandName().equals("help"))
        .allMatch(command -> command.getCommandSpec().options().isEmpty());
    assertThat(outlines.getUsageMessage()).isEqualTo(line().getUsageMessage());
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
        ImageFiles.read(
            out.resolve("masks/discriminative_part/streaked_russet/streaked-russet-0.png"));
    assertThat(mask.channel(0))
        .isEqualTo(AviarySet.test().mask(1, "discriminative part").quantized());
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
