package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.text.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image meets the same random numbers wherever it stands and wherever it is read from. */
class RandomnessOfAnImageTest {
  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(folder);
  }

  private Path attacked(String name, Object... images) {
    Path out = folder.resolve(name);
    List<Object> words = new ArrayList<>(List.of("attack", "--model", "digits", "--batch", "1"));
    words.addAll(List.of("--attack", "pgd", "--epsilon", "0.1", "--pgd.steps", "3"));
    words.addAll(List.of("--method", "smooth-grad", "--smooth-grad.samples", "3"));
    words.addAll(List.of("--out", out));
    words.addAll(List.of(images));
    Shell.Outcome outcome = shell.run(words.toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return out;
  }

  /** The exact values of everything random that was written about one image. */
  private static Map<String, Raster> values(Path results, String image) throws IOException {
    Map<String, Raster> values = new TreeMap<>();
    Path place = results.resolve(image);
    try (Stream<Path> files = Files.walk(place)) {
      files
          .filter(file -> file.toString().endsWith(".npy"))
          .forEach(file -> values.put(place.relativize(file).toString(), Npy.read(file)));
    }
    assertThat(values).hasSizeGreaterThan(4);
    return values;
  }

  @Test
  void isTheSameAloneAndBehindOthersInADataSetAndAsAFile() throws IOException {
    Path among = attacked("among", "drawn-digits:0-3");
    String name;
    try (Stream<Path> places = Files.list(among)) {
      name =
          places
              .filter(Files::isDirectory)
              .map(place -> place.getFileName().toString())
              .sorted()
              .reduce((a, b) -> b)
              .orElseThrow();
    }
    Map<String, Raster> expected = values(among, name);

    assertThat(values(attacked("alone", "drawn-digits:3"), name)).isEqualTo(expected);

    Path exact = Files.createDirectory(folder.resolve("files")).resolve("b.npy");
    Npy.write(Npy.read(among.resolve(name).resolve("pgd/adversarial.npy")), exact);
    Npy.write(Raster.generate(1, 28, 28, (c, y, x) -> x / 27.0), exact.resolveSibling("a.npy"));
    Map<String, Raster> file = values(attacked("folder", folder.resolve("files")), "b");
    assertThat(values(attacked("file", exact), "b")).isEqualTo(file);
  }

  @Test
  void differsWithTheSeedAndBetweenImages() throws IOException {
    Path one = attacked("one", "drawn-digits:0");
    Path other = attacked("other", "--seed", "1", "drawn-digits:0");
    try (Stream<Path> places = Files.list(one)) {
      String name =
          places
              .filter(Files::isDirectory)
              .map(place -> place.getFileName().toString())
              .findFirst()
              .orElseThrow();
      assertThat(values(one, name).get("smooth-grad/map.npy"))
          .isNotEqualTo(values(other, name).get("smooth-grad/map.npy"));
    }
  }

  @Test
  void isTheSameInPartsOfAMeasurement() throws IOException {
    Map<String, Double> all = norms("all", "drawn-digits:0-5");
    Map<String, Double> some = norms("some", "drawn-digits:3-5");

    assertThat(some).isNotEmpty();
    some.forEach((image, norm) -> assertThat(all.get(image)).isCloseTo(norm, within(1e-6)));
  }

  /** The L2 norms of the perturbations of one random step, by image. */
  private Map<String, Double> norms(String name, String images) throws IOException {
    Path out = folder.resolve(name);
    Shell.Outcome outcome =
        shell.run(
            "robustness",
            "--model",
            "digits",
            "--attack",
            "square",
            "--square.queries",
            "5",
            "--epsilon",
            "0.05",
            "--no-early-stop",
            "--out",
            out,
            images);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    List<String> lines = Files.readAllLines(out.resolve("outcomes.csv"));
    List<String> header = Csv.values(lines.get(0));
    Map<String, Double> norms = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> values = Csv.values(line);
      norms.put(
          values.get(header.indexOf("image")), Double.valueOf(values.get(header.indexOf("l2"))));
    }
    return norms;
  }
}
