package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {
  @TempDir Path folder;

  @Test
  void saysWhichMapsAreEmptyAndWhereTheSignedOneIs() throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(
        file,
        """
        {"images": [{"name": "owl", "file": "owl.jpg",
          "before": {"top": [{"name": "owl", "probability": 0.5}]},
          "explanations": [
            {"id": "grad-cam", "class": {"name": "cat"}, "allNegative": true},
            {"id": "layer-cam", "class": {"name": "cat"}, "empty": true},
            {"id": "gradient", "class": {"name": "cat"}, "allNegative": false}]}]}
        """);
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    Summary.print(printer, file);
    printer.flush();
    assertThat(out.toString())
        .contains(
            "grad-cam is empty: all contributions to cat are negative; the signed map is"
                + " owl/grad-cam/attribution.npy")
        .contains("layer-cam is empty: nothing contributes to cat")
        .doesNotContain("gradient is empty");
  }

  @Test
  void saysOfEveryAttackWhetherItSucceeds() throws IOException {
    String image =
        """
        {"name": "owl", "file": "owl.jpg", "labelGiven": %s,
          "before": {"top": [{"index": 3, "name": "owl", "probability": 0.5}]},
          "attacks": [{"id": "pgd", "success": %s, "successAfterRounding": false,
            "norms": {"linf": 0.1, "l2": 1},
            "after": {"top": [{"index": %s, "name": "cat", "probability": 0.5}]}}]}\
        """;
    Path file = folder.resolve("result.json");
    Files.writeString(
        file,
        "{\"study\": {\"norm\": \"LINF\"}, \"images\": [%s, %s, %s]}"
            .formatted(
                image.formatted(false, true, 4),
                image.formatted(true, false, 3),
                image.formatted(false, false, 3)));
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    Summary.print(printer, file);
    printer.flush();
    assertThat(out.toString().lines().filter(line -> line.startsWith("  after")))
        .map(line -> line.substring(line.indexOf("pgd: ")))
        .containsExactly(
            "pgd: success, Linf 0.1000, L2 1.000, failed after 8-bit quantization",
            "pgd: failed, Linf 0.1000, L2 1.000",
            "pgd: failed, kept the prediction, Linf 0.1000, L2 1.000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"L0|L0 13, Linf", "L1|L1 2.500, Linf", "L2|success, Linf"})
  void saysHowLargeAPerturbationIsInTheNormOfTheAttack(String norm, String size)
      throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(
        file,
        """
        {"study": {"norm": "%s"}, "images": [{"attacks": [{"id": "one-pixel", "success": true,
          "norms": {"l0": 13, "l1": 2.5, "l2": 1, "linf": 0.1}}]}]}
        """
            .formatted(norm));
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    Summary.print(printer, file);
    printer.flush();
    assertThat(out.toString()).contains(size);
  }
}
