package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.adversight.image.Npy;
import io.adversight.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A command that was killed in the middle, and started again, ends as if it had not been. */
class InterruptedRunsTest {
  private static final List<String> ATTACK =
      List.of(
          "attack",
          "--model",
          "digits",
          "--attack",
          "pgd",
          "--pgd.steps",
          "60",
          "--epsilon",
          "0.1",
          "--method",
          "smooth-grad",
          "--batch",
          "1",
          "--threads",
          "1",
          "drawn-digits:0-7");
  private static final List<String> ROBUSTNESS =
      List.of(
          "robustness",
          "--model",
          "digits",
          "--attack",
          "pgd",
          "--pgd.steps",
          "60",
          "--epsilon",
          "0.1",
          "--batch",
          "1",
          "--threads",
          "1",
          "drawn-digits:0-7");

  @TempDir Path folder;

  /** Starts a command in a process of its own and kills it as soon as a file appears. */
  private void killed(List<String> command, Path out, Path sign) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    words.addAll(command);
    words.addAll(List.of("--out", out.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().put("ADVERSIGHT_HOME", folder.resolve("home").toString());
    Process process = builder.start();
    try {
      while (process.isAlive() && !Files.exists(sign)) {
        process.waitFor(5, TimeUnit.MILLISECONDS);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(sign).as(Files.readString(folder.resolve("log"))).exists();
  }

  private void run(List<String> command, Path out) {
    List<Object> words = new ArrayList<>(command);
    words.addAll(List.of("--out", out));
    Shell.Outcome outcome = new Shell(folder).run(words.toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  @Test
  @Timeout(300)
  void anAttackGoesOnWhereItWasKilled() throws Exception {
    Path whole = folder.resolve("whole");
    run(ATTACK, whole);
    Path first;
    try (Stream<Path> places = Files.list(whole)) {
      first = places.filter(Files::isDirectory).sorted().findFirst().orElseThrow();
    }
    Path out = folder.resolve("killed");
    killed(ATTACK, out, out.resolve(first.getFileName()).resolve("files.json"));

    run(ATTACK, out);

    assertThat(arrays(out)).isEqualTo(arrays(whole));
    assertThat(hidden(out)).isEmpty();
  }

  @Test
  @Timeout(300)
  void aMeasurementGoesOnWhereItWasKilled() throws Exception {
    Path whole = folder.resolve("whole");
    run(ROBUSTNESS, whole);
    Path out = folder.resolve("killed");
    killed(ROBUSTNESS, out, out.resolve("journal/images.jsonl"));

    run(ROBUSTNESS, out);

    JsonNode undisturbed = Shell.json(whole.resolve("result.json")).path("attacks").path(0);
    JsonNode resumed = Shell.json(out.resolve("result.json")).path("attacks").path(0);
    for (String what : List.of("accuracies", "gradientsPerImage", "failures")) {
      assertThat(resumed.path(what)).as(what).isEqualTo(undisturbed.path(what));
    }
    assertThat(hidden(out)).isEmpty();
  }

  @Test
  @Timeout(300)
  void aRobustnessReportGoesOnWhereItWasKilled() throws Exception {
    List<String> command =
        List.of(
            ("evaluate --model digits --budget quick --epsilon 0.1 --batch 1 --threads 1"
                    + " drawn-digits:0")
                .split(" "));
    Path whole = folder.resolve("whole");
    run(command, whole);
    Path out = folder.resolve("killed");
    killed(command, out, out.resolve("networks/digits/journal/fgsm.jsonl"));

    run(command, out);

    JsonNode undisturbed = Shell.json(whole.resolve("result.json")).path("networks").path(0);
    JsonNode resumed = Shell.json(out.resolve("result.json")).path("networks").path(0);
    for (String what :
        List.of("clean", "robust", "medianNorm", "checks", "corruptions", "bounds")) {
      assertThat(resumed.path(what)).as(what).isEqualTo(undisturbed.path(what));
    }
    assertThat(resumed.path("checks")).isNotEmpty();
    assertThat(hidden(out)).isEmpty();
  }

  /**
   * Commands that keep parts, the first of which appears early; and what is the same at the end.
   */
  static Stream<Arguments> keepingParts() {
    String set = " --batch 1 --threads 1 drawn-digits:0-2";
    return Stream.of(
        arguments("sweep --model digits --attack pgd --count 2" + set, "parts/0.json", "images"),
        arguments("corruptions --model digits --attack pgd" + set, "parts/0.json", "corruptions"),
        arguments("transfer --models digits,digits --attack pgd" + set, "parts/0-0.json", "rows"),
        arguments(
            "bounds --model digits --bound clever --batches 3 --samples 4 --threads 1"
                + " drawn-digits:0-1",
            "parts/0.json",
            "images"),
        arguments(
            "transition --pairs 2 --steps 10 --frames 2 --batch 1 --threads 1 drawn-digits",
            "parts/0.json",
            "images"),
        arguments(
            "universal curve --model digits --passes 1 --numbers 1,2,5 --threads 1"
                + " drawn-digits:0-11",
            "parts/1.json",
            "points"));
  }

  @ParameterizedTest
  @MethodSource("keepingParts")
  @Timeout(300)
  void whatKeepsPartsGoesOnWhereItWasKilled(String words, String part, String same)
      throws Exception {
    List<String> command = List.of(words.split(" "));
    Path whole = folder.resolve("whole");
    run(command, whole);
    Path out = folder.resolve("killed");
    killed(command, out, out.resolve(part));
    byte[] kept = Files.readAllBytes(out.resolve(part));

    run(command, out);

    assertThat(Shell.json(out.resolve("result.json")).path(same))
        .isEqualTo(Shell.json(whole.resolve("result.json")).path(same))
        .isNotEmpty();
    assertThat(out.resolve(part)).hasBinaryContent(kept);
    assertThat(hidden(out)).isEmpty();
  }

  private static Map<String, Raster> arrays(Path results) throws IOException {
    Map<String, Raster> arrays = new TreeMap<>();
    try (Stream<Path> files = Files.walk(results)) {
      files
          .filter(file -> file.toString().endsWith(".npy"))
          .forEach(file -> arrays.put(results.relativize(file).toString(), Npy.read(file)));
    }
    assertThat(arrays).hasSizeGreaterThan(8);
    return arrays;
  }

  private static List<Path> hidden(Path results) throws IOException {
    try (Stream<Path> files = Files.walk(results)) {
      return files.filter(file -> file.getFileName().toString().startsWith(".")).toList();
    }
  }
}
