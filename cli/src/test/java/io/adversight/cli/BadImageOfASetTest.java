package io.adversight.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.DrawnDigitSet;
import io.adversight.image.ImageFiles;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What commands that take a whole set do with a folder in which images are bad, or are changed. */
class BadImageOfASetTest {
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          entry("robustness", "--model digits --attack fgsm --epsilon 0.1"),
          entry("sweep", "--model digits --attack fgsm --to 0.3 --count 2"),
          entry("transfer", "--models digits,digits --attack fgsm"),
          entry("corruptions", "--model digits --attack fgsm --corruption brightness"),
          entry("bounds", "--model digits --bound clever --attack fgsm --batches 3 --samples 4"),
          entry("smoothing", "--model digits --samples 20 --selection 5"),
          entry("universal craft", "--model digits --passes 1 --epsilon 0.25"),
          entry("universal curve", "--model digits --passes 1 --epsilon 0.25"),
          entry("universal apply", "--model digits --change CHANGE"));

  /** What holds nothing to go on with. */
  private static final Set<String> ALWAYS_ANEW = Set.of("universal apply");

  @TempDir Path folder;
  private final List<Path> good = new ArrayList<>();
  private Path images;
  private Path broken;

  static List<String> commands() {
    return WORDS.keySet().stream().sorted().toList();
  }

  static List<String> resuming() {
    return commands().stream().filter(name -> !ALWAYS_ANEW.contains(name)).toList();
  }

  @BeforeEach
  void draw() throws IOException {
    images = folder.resolve("images");
    DrawnDigitSet digits = new DrawnDigitSet(0, 10, 28);
    for (int i : IntStream.range(0, digits.size()).filter(i -> digits.label(i) < 3).toArray()) {
      Path place = Files.createDirectories(images.resolve(Integer.toString(digits.label(i))));
      Path file = place.resolve("hand-" + i + ".png");
      if (good.size() < 6) {
        ImageFiles.writePng(digits.image(i), file);
        good.add(file);
      }
    }
    byte[] png = Files.readAllBytes(good.get(0));
    broken = Files.write(images.resolve("1/cut-off.png"), Arrays.copyOf(png, png.length / 2));
    Npy.write(Raster.generate(1, 28, 28, (c, y, x) -> 0.01 * x), folder.resolve("change.npy"));
  }

  private Shell.Outcome run(String command, Path out, String... more) {
    List<Object> words = new ArrayList<>(List.of((Object[]) command.split(" ")));
    words.addAll(
        List.of(
            (Object[])
                WORDS
                    .getOrDefault(command, "")
                    .replace("CHANGE", folder.resolve("change.npy").toString())
                    .split(" ")));
    words.addAll(List.of("--out", out));
    words.addAll(Arrays.asList(more));
    words.add(images);
    return new Shell(folder).run(words.toArray());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void goesOnWithTheOthersAndNamesIt(String command) throws IOException {
    Path out = folder.resolve("out");
    Shell.Outcome outcome = run(command, out);

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(4);
    assertThat(outcome.err()).contains("left out what could not be read", broken.toString());
    Path result = out.resolve("result.json");
    JsonNode leftOut =
        Shell.json(Files.exists(result) ? result : out.resolve("manifest.json")).path("leftOut");
    assertThat(leftOut).hasSize(1);
    assertThat(leftOut.path(0).path("name").asString()).isEqualTo("cut-off.png");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("Images that were left out", broken.toString());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void stopsBeforeTheWorkWhereThatIsWished(String command) {
    Path out = folder.resolve("out");
    Shell.Outcome outcome = run(command, out, "--stop-on-error");

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err().lines()).singleElement().asString().contains(broken.toString());
    assertThat(out).doesNotExist();
  }

  /** The same folder with as many images of the same names, one of which is another one now. */
  @ParameterizedTest
  @MethodSource("resuming")
  void refusesToGoOnWithOtherImages(String command) throws IOException {
    Files.delete(broken);
    Path out = folder.resolve("out");
    assertThat(run(command, out).code()).isZero();
    Shell.Outcome again = run(command, out);
    assertThat(again.code()).as(again.err()).isZero();
    ImageFiles.writePng(
        Raster.generate(1, 28, 28, (c, y, x) -> (x + 2 * y) % 28 / 28.0), good.get(1));

    Shell.Outcome other = run(command, out);

    assertThat(other.code()).as(other.out()).isEqualTo(2);
    assertThat(other.err()).contains("content").contains("give another folder with --out");
  }

  @Test
  void aSweepLeavesOutWhatIsOfTheTargetClassAlready() throws IOException {
    Files.delete(broken);
    Path out = folder.resolve("out");
    Shell.Outcome outcome = run("sweep", out, "--target", "1");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode result = Shell.json(out.resolve("result.json"));
    long ones = good.stream().filter(file -> file.startsWith(images.resolve("1"))).count();
    assertThat(ones).isPositive();
    assertThat(result.path("images")).hasSize(good.size() - (int) ones);
    assertThat(result.path("leftOut")).hasSize((int) ones);
    assertThat(result.path("leftOut").path(0).path("reason").asString())
        .contains("of the target class");
    assertThat(Files.readString(out.resolve("report.html"))).contains("of the target class");
  }
}
