package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.data.DrawnDigits;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.text.Csv;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Faithfulness, sanity and attacks on explanations from the command line. */
class ExplanationQualityTest {
  @TempDir Path folder;

  private record Outcome(int code, String out, String err) {}

  private Outcome run(String command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Map<String, String> environment = Map.of("ADVERSIGHT_HOME", folder.resolve("home").toString());
    String[] args = command.replace("OUT", folder.resolve("out").toString()).split(" ");
    int code = Main.run(environment, new PrintWriter(out), new PrintWriter(err), args);
    return new Outcome(code, out.toString(), err.toString());
  }

  @Test
  void measuresFaithfulnessOfEveryMethodOnEveryImage() throws IOException {
    Outcome outcome =
        run(
            "faithfulness --model digits --method grad-cam,gradient --max-sensitivity.samples 2"
                + " --infidelity.samples 4 --shares 0.2,0.5 --batch 2 --out OUT drawn-digits:0-2");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Path out = folder.resolve("out");
    List<List<String>> rows =
        Files.readAllLines(out.resolve("faithfulness.csv")).stream()
            .skip(1)
            .map(Csv::values)
            .toList();
    assertThat(rows).hasSize(3 * 2 * 7);
    for (List<String> row : rows) {
      double value = Double.parseDouble(row.get(4));
      assertThat(value).isFinite();
      if (List.of("deletion", "insertion", "average-drop", "increase-in-confidence")
          .contains(row.get(3))) {
        assertThat(value).isBetween(0.0, 1.0);
      }
    }
    assertThat(rows.get(0).get(1)).isEqualTo("0");
    JsonNode first =
        JsonMapper.builder()
            .build()
            .readTree(out.resolve(rows.get(0).get(0)).resolve("image.json").toFile())
            .path("rows")
            .path(0);
    assertThat(first.path("measure").asString()).isEqualTo("deletion");
    // The area is that of the curve in the same file, by trapezoids.
    double area = 0;
    for (int k = 1; k < first.path("shares").size(); k++) {
      double width =
          first.path("shares").path(k).asDouble() - first.path("shares").path(k - 1).asDouble();
      area +=
          width
              * (first.path("values").path(k).asDouble()
                  + first.path("values").path(k - 1).asDouble())
              / 2;
    }
    assertThat(first.path("value").asDouble()).isCloseTo(area, within(1e-9));
    assertThat(out.resolve("curve-deletion.png")).exists();
    assertThat(out.resolve("box-average-drop.png")).as("three values make no box").doesNotExist();
    assertThat(Files.readString(out.resolve("report.html"))).contains("small is good");
    assertThat(outcome.out()).contains("deletion (small is good)", "grad-cam");
  }

  @Test
  void checksSanityLayerByLayer() throws IOException {
    Outcome outcome =
        run(
            "sanity --model digits --method gradient,itti-koch-niebur --metric spearman --out OUT"
                + " drawn-digits:0-1");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Path out = folder.resolve("out");
    List<List<String>> rows =
        Files.readAllLines(out.resolve("sanity.csv")).stream().skip(1).map(Csv::values).toList();
    assertThat(rows.size() % 4).isZero(); // two methods on two images
    for (List<String> row : rows) {
      double similarity = Double.parseDouble(row.get(3));
      if (row.get(0).equals("itti-koch-niebur")) {
        // Saliency of the image does not look at the network: it fails the check.
        assertThat(similarity).isCloseTo(1, within(1e-9));
      }
    }
    List<String> allRandom =
        rows.stream()
            .filter(row -> row.get(0).equals("gradient") && row.get(1).equals("cascading"))
            .reduce((first, second) -> second)
            .orElseThrow();
    assertThat(Double.parseDouble(allRandom.get(3))).isLessThan(0.7);
    assertThat(out.resolve("cascading-spearman.png")).exists();
    assertThat(out.resolve("independent-spearman.png")).exists();
    assertThat(run("sanity --model digits --batch 2 --out OUT2 drawn-digits:0-3").err())
        .contains("at most 2 (--batch), but there are 4");
  }

  @Test
  void movesTheMapWhileThePredictionStays() throws IOException {
    Outcome outcome =
        run(
            "explanation-attack --model digits --explained gradient --epsilon 0.1 --step-size 0.01"
                + " --steps 20 --region top-left --out OUT drawn-digits:3");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Path place = folder.resolve("out").resolve("drawn-digits-digit-3-hand-0");
    Raster before = Npy.read(place.resolve("before.npy"));
    Raster after = Npy.read(place.resolve("after.npy"));
    assertThat(mass(after)).isGreaterThan(1.2 * mass(before));
    JsonNode numbers = JsonMapper.builder().build().readTree(place.resolve("image.json").toFile());
    assertThat(numbers.path("massAfter").asDouble()).isCloseTo(mass(after), within(1e-4));
    Raster changed = Npy.read(place.resolve("adversarial.npy"));
    Raster original = DrawnDigits.draw(3, 0);
    float[] a = original.toArray();
    float[] b = changed.toArray();
    for (int i = 0; i < a.length; i++) {
      assertThat(Math.abs(a[i] - b[i])).isLessThanOrEqualTo(0.1f + 1e-6f);
    }
    Outcome predicted = run("predict --model digits --top 1 " + place.resolve("adversarial.npy"));
    assertThat(predicted.out().strip()).endsWith("  3");
    assertThat(place.resolve("moved.png")).exists();
    assertThat(
            run("explanation-attack --model digits --region middle --out OUT2 drawn-digits:3")
                .err())
        .contains("a region is top-left");
  }

  /** The share of a map in the upper left two fifths of height and width. */
  private static double mass(Raster map) {
    double inside = 0;
    double all = 0;
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        double value = map.at(0, y, x);
        all += value;
        boolean left = (x + 0.5) / map.width() < 0.4;
        boolean top = (y + 0.5) / map.height() < 0.4;
        inside += left && top ? value : 0;
      }
    }
    return inside / all;
  }
}
