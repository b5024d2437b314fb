package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.image.ImageFiles;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.metric.distance.CentroidShift;
import io.adversight.metric.similarity.Spearman;
import io.adversight.text.Csv;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  @TempDir Path folder;

  private record Outcome(int code, String out, String err) {}

  private Outcome run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Map<String, String> environment = Map.of("ADVERSIGHT_HOME", folder.resolve("home").toString());
    int code = Main.run(environment, new PrintWriter(out), new PrintWriter(err), args);
    return new Outcome(code, out.toString(), err.toString());
  }

  private Outcome compare(Path out, String... more) {
    List<String> args =
        new java.util.ArrayList<>(
            List.of(
                "compare",
                "--model",
                "digits",
                "--attack",
                "fgsm",
                "--epsilon",
                "0.1,0.3",
                "--method",
                "grad-cam,itti-koch-niebur",
                "--metric",
                "spearman,centroid-shift,area-above",
                "--batch",
                "2",
                "--out",
                out.toString()));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  @Test
  void comparesMapsBeforeAndAfterEveryAttack() throws IOException {
    Path out = folder.resolve("out");
    Outcome outcome = compare(out, "drawn-digits:0-4");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    List<String> lines = Files.readAllLines(out.resolve("comparison.csv"));
    assertThat(lines.get(0))
        .isEqualTo(
            "image,attack,epsilon,success,method,explains,empty,spearman,centroid-shift,change of"
                + " area-above");
    List<List<String>> rows = lines.stream().skip(1).map(Csv::values).toList();
    assertThat(rows.stream().filter(row -> row.get(5).equals("original class"))).hasSize(5 * 2 * 2);
    for (List<String> row : rows) {
      Path place =
          out.resolve(row.get(0))
              .resolve(row.get(1))
              .resolve("epsilon-" + row.get(2))
              .resolve(row.get(4));
      Raster before = Npy.read(place.resolve("before.npy"));
      boolean original = row.get(5).equals("original class");
      Raster after = Npy.read(place.resolve(original ? "after.npy" : "after-new-class.npy"));
      assertThat(Double.parseDouble(row.get(7)))
          .isCloseTo(new Spearman().similarity(before, after), within(1e-9));
      assertThat(Double.parseDouble(row.get(8)))
          .isCloseTo(new CentroidShift().distance(before, after), within(1e-9));
      Raster difference = Npy.read(place.resolve("difference.npy"));
      Raster positive = Npy.read(place.resolve("positive-difference.npy"));
      assertThat(positive.max()).isEqualTo(Math.max(0, difference.max()));
      assertThat(place.resolve("log-ratio-difference.npy")).exists();
    }
    assertThat(Files.readAllLines(out.resolve("summary.csv")).size()).isGreaterThan(4 * 3);
    assertThat(out.resolve("box-spearman-fgsm.png")).exists();
    assertThat(out.resolve("epsilon-spearman-fgsm.png")).exists();
    String first = rows.get(0).get(0);
    Raster sheet = ImageFiles.read(out.resolve(first).resolve("fgsm/epsilon-0.3/comparison.png"));
    // A heading and two methods, digits enlarged six times.
    assertThat(sheet.height()).isEqualTo(34 + 2 * 168 + 4);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("data:image/png;base64,", "Distributions")
        .doesNotContain("<script");
  }

  @Test
  void goesOnWhereItStopped() throws IOException {
    Path out = folder.resolve("out");
    assertThat(compare(out, "drawn-digits:0-3").code()).isZero();
    String complete = Files.readString(out.resolve("comparison.csv"));
    // One whole batch: alone, an image's last digits may differ by rounding.
    for (String name : List.of("drawn-digits-digit-2-hand-0", "drawn-digits-digit-3-hand-0")) {
      try (Stream<Path> files = Files.walk(out.resolve(name))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Path kept = out.resolve("drawn-digits-digit-0-hand-0/image.json");
    FileTime untouched = Files.getLastModifiedTime(kept);
    assertThat(compare(out, "drawn-digits:0-3").code()).isZero();
    assertThat(Files.readString(out.resolve("comparison.csv"))).isEqualTo(complete);
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(untouched);
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    Path out = folder.resolve("out");
    Outcome unknown =
        run("compare", "--model", "digits", "--metric", "spearmann", "--out", out.toString(), "x");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("did you mean spearman");
    Outcome none =
        run(
            "compare",
            "--model",
            "digits",
            "--metric",
            "",
            "--out",
            out.toString(),
            "drawn-digits:0");
    assertThat(none.err()).contains("needs at least one --attack");
    assertThat(out).doesNotExist();
  }
}
