package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.adversight.model.Models;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No page is wider than its window, whatever the classes are called. */
class PageWidthTest {
  private static final String MISSING =
      "the widths of pages need Chromium (Debian: apt-get install chromium), or"
          + " ADVERSIGHT_CHROMIUM naming its executable";

  /** Shows a page at some width and says how wide it and its tables became. */
  private static final String FRAME =
      """
      <iframe id="page" src="report.html" style="width:WIDTHpx;height:60000px;border:0"></iframe>
      <script>onload = () => {
        const page = document.getElementById("page").contentDocument;
        document.body.dataset.width = page.documentElement.scrollWidth;
        document.body.dataset.tables = [...page.querySelectorAll(".scroll")]
            .filter(table => table.scrollWidth > table.clientWidth + 1).length;
      }</script>
      """;

  @TempDir static Path folder;
  private static Path chromium = Path.of("");

  @BeforeAll
  static void findChromiumAndAddANetworkWithLongNames() throws IOException {
    Optional<Path> found =
        Stream.concat(
                Stream.ofNullable(System.getenv("ADVERSIGHT_CHROMIUM")),
                Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser"))
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    if (System.getenv("CI") == null) {
      assumeTrue(found.isPresent(), MISSING);
    }
    chromium = found.orElseThrow(() -> new IllegalStateException(MISSING));
    Path onnx = folder.resolve("long.onnx");
    try (InputStream network =
        Models.class.getResourceAsStream("/io/adversight/models/digits.onnx")) {
      Files.copy(Objects.requireNonNull(network), onnx);
    }
    Path labels = folder.resolve("labels.txt");
    Files.write(
        labels,
        IntStream.range(0, 10)
            .mapToObj(i -> "class" + i + "-" + "without-any-space".repeat(9).substring(0, 139))
            .toList());
    done("models", "add", onnx, "--labels", labels, "--channels", "GRAY");
  }

  private static void done(Object... words) {
    Shell.Outcome outcome = new Shell(folder).run(words);
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  private record Width(int page, int overflowingTables) {}

  private static Width width(Path out, int window) throws IOException, InterruptedException {
    Files.writeString(out.resolve("frame.html"), FRAME.replace("WIDTH", Integer.toString(window)));
    Path dom = out.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--allow-file-access-from-files",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=1600,2000",
                "--dump-dom",
                out.resolve("frame.html").toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    String text = Files.readString(dom);
    return new Width(number(text, "data-width"), number(text, "data-tables"));
  }

  private static int number(String dom, String name) {
    Matcher matcher = Pattern.compile(name + "=\"([0-9]+)\"").matcher(dom);
    assertThat(matcher.find()).as("%s in %s", name, dom).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  @Test
  void anAttackFitsOnAScreenAndOnAPhone() throws Exception {
    Path out = folder.resolve("attack");
    done(
        "attack",
        "--model",
        "long",
        "--attack",
        "fgsm",
        "--epsilon",
        "0.3",
        "--method",
        "gradient,grad-cam",
        "--out",
        out,
        "drawn-digits:0-1");
    assertThat(width(out, 1400)).isEqualTo(new Width(1400, 0));
    assertThat(width(out, 360).page()).isEqualTo(360);
  }

  @Test
  void aComparisonByDefaultMeasuresFitsOnAScreenAndOnAPhone() throws Exception {
    Path out = folder.resolve("compare");
    done(
        "compare",
        "--model",
        "long",
        "--attack",
        "fgsm",
        "--epsilon",
        "0.3",
        "--out",
        out,
        "drawn-digits:0-1");
    assertThat(width(out, 1400)).isEqualTo(new Width(1400, 0));
    assertThat(width(out, 360).page()).isEqualTo(360);
  }
}
