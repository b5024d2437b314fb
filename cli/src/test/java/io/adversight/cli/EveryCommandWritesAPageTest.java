package io.adversight.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.image.ImageFiles;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.model.Models;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Whatever writes a folder of results ends with the place of a page that shows them. */
class EveryCommandWritesAPageTest {
  private static final String DIGITS = "--model digits drawn-digits:0-1 ";

  /** How each command is called, with the names of files in braces that {@link #prepare} makes. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          entry("attack", DIGITS + "--attack fgsm --method gradient"),
          entry("explain", DIGITS + "--method gradient"),
          entry("transfer", "--models digits,digits --attack fgsm drawn-digits:0-1"),
          entry("robustness", DIGITS + "--attack fgsm --epsilon 0.1,0.3"),
          entry("evaluate", "--model digits --data drawn-digits:3 --budget quick --epsilon 0.1"),
          entry("sweep", DIGITS + "--attack fgsm --to 0.3 --count 2"),
          entry("universal craft", "--model digits --passes 1 --epsilon 0.25 drawn-digits:0-5"),
          entry("universal curve", "--model digits --passes 1 --epsilon 0.25 drawn-digits:0-5"),
          entry("universal apply", "--change {change.npy} --model digits drawn-digits:0-1"),
          entry("compare", DIGITS + "--method gradient --metric spearman --epsilon 0.1,0.2"),
          entry("faithfulness", DIGITS + "--method gradient --measure deletion"),
          entry("sanity", DIGITS + "--method gradient --metric spearman"),
          entry(
              "explanation-attack", "--model digits --explained gradient --steps 2 drawn-digits:3"),
          entry(
              "detect evaluate",
              "--model digits --detector {detector.json} --attack fgsm drawn-digits:40-43"),
          entry("corruptions", DIGITS + "--attack fgsm --corruption brightness"),
          entry("fooling-images", "--model digits --class 3,7"),
          entry("transition", "--steps 2 --frames 2"),
          entry(
              "bounds",
              DIGITS + "--bound lipschitz-product,clever --attack fgsm --batches 3 --samples 4"),
          entry("smoothing", DIGITS + "--samples 20 --selection 5"),
          entry("visualize", "--model digits --objective class:3 --steps 1"),
          entry("dream", "aviary:1 --model aviary --octaves 1 --steps 1"),
          entry("invert", "aviary:2 --model aviary --layer pool4 --steps 1"),
          entry("caricature", "aviary:2 --model aviary --layer pool4 --steps 1"),
          entry("patches show", "relu3:1 --model aviary --index {index}"),
          entry("weights", "--model digits"),
          entry("activations", "drawn-digits:3 --model digits"),
          entry("channel-shift", "aviary:2 aviary:3 --model aviary --top 1 --steps 1"),
          entry("class-visualization", "aviary:2 --model aviary --steps 1"),
          entry("training-history", "{aviary.onnx} --model aviary --objective class:1 --steps 1"),
          entry("neuron-projection", "drawn-digits:3 --model digits --objective class:3"),
          entry("gallery", "{page.gallery}"),
          entry("reproduce", "advis-epsilon --quick --model aviary --images aviary:0-2"),
          entry("demo", ""),
          entry("data", "aviary --count 3"),
          entry("prototypes", "--model aviary-protopnet aviary:2"));

  /** What writes a folder that is no result: a trained network. */
  private static final Set<String> NETWORKS = Set.of("train");

  @TempDir static Path files;
  @TempDir Path folder;

  @BeforeAll
  static void prepare() throws IOException {
    Npy.write(Raster.generate(1, 28, 28, (c, y, x) -> 0.01 * x), files.resolve("change.npy"));
    Files.writeString(files.resolve("page.gallery"), "filters.png = weights --model digits\n");
    try (InputStream network =
        Models.class.getResourceAsStream("/io/adversight/models/aviary.onnx")) {
      Files.copy(Objects.requireNonNull(network), files.resolve("aviary.onnx"));
    }
    done("patches build --model aviary aviary:0-1 --index", files.resolve("index"));
    done(
        "detect calibrate --model digits --score max-softmax --baseline none"
            + " --false-positive-rate 0.1 drawn-digits:0-29 --out",
        files.resolve("detector.json"));
  }

  private static String done(String command, Path last) {
    Stream<String> words =
        Stream.concat(Arrays.stream(command.strip().split(" +")), Stream.of(last.toString()));
    Shell.Outcome outcome =
        new Shell(files)
            .run(words.map(word -> word.replaceAll("\\{(.*)\\}", files + "/$1")).toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.out();
  }

  /** The commands that have an option for a folder. */
  static List<String> commands() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return leaves(Main.line(Map.of(), nowhere, nowhere), "")
        .filter(name -> !NETWORKS.contains(name))
        .toList();
  }

  private static Stream<String> leaves(CommandLine line, String name) {
    boolean writes =
        line.getCommandSpec().options().stream()
            .anyMatch(
                option ->
                    option.longestName().equals("--out") && option.paramLabel().equals("FOLDER"));
    return Stream.concat(
        writes ? Stream.of(name) : Stream.of(),
        line.getSubcommands().entrySet().stream()
            .flatMap(sub -> leaves(sub.getValue(), (name + " " + sub.getKey()).strip())));
  }

  @Test
  void everyCommandIsTried() {
    assertThat(commands()).containsExactlyInAnyOrderElementsOf(WORDS.keySet());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void endsWithAPageThatNeedsNothingElse(String command) throws IOException {
    Path out = folder.resolve("out");
    List<String> printed =
        done(command + " " + WORDS.getOrDefault(command, "") + " --out", out).lines().toList();
    assertThat(printed.get(printed.size() - 1)).isEqualTo("report: " + out.resolve("report.html"));
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("name=\"viewport\"", "prefers-color-scheme: dark", "@media print")
        .doesNotContain("<script", "src=\"http", "href=", ".png</", ".npy</figcaption");
    for (String line : printed) {
      assertThat(line).doesNotContain("manifest.json");
    }
  }

  @Test
  void aGalleryNamesNoFolderThatIsGone() throws IOException {
    Path out = folder.resolve("images");
    String printed = done("gallery {page.gallery} --out", out);
    for (String line : printed.lines().filter(l -> l.startsWith("report: ")).toList()) {
      assertThat(Path.of(line.substring("report: ".length()))).exists();
    }
    assertThat(ImageFiles.read(out.resolve("filters.png")).width()).isPositive();
  }
}
