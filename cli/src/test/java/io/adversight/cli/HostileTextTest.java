package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.adversight.data.DrawnDigits;
import io.adversight.image.ImageFiles;
import io.adversight.model.Models;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.swing.text.MutableAttributeSet;
import javax.swing.text.html.HTML;
import javax.swing.text.html.HTMLEditorKit;
import javax.swing.text.html.parser.ParserDelegator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever files, classes and layers are called, a page shows it as text. */
class HostileTextTest {
  private static final String IMAGE = "a&b<script>alert('1')\"c";
  private static final String NETWORK = "n&b<script>alert('2')\"c";
  private static final String CLASS = "<script>alert('3')</script>&amp;\" onload=\"x";
  private static final String LAYER = "<script>alert('4')</script>&lt;\" onload=\"y";

  @TempDir Path folder;
  private Path network;
  private Path labels;
  private Path image;

  @BeforeEach
  void nameThings() throws IOException {
    network = folder.resolve(NETWORK + ".onnx");
    try (InputStream in = Models.class.getResourceAsStream("/io/adversight/models/digits.onnx")) {
      ModelProto.Builder model = ModelProto.parseFrom(Objects.requireNonNull(in)).toBuilder();
      model.getGraphBuilder().getNodeBuilderList().stream()
          .filter(node -> node.getOpType().equals("Relu"))
          .findFirst()
          .orElseThrow()
          .setName(LAYER);
      Files.write(network, model.build().toByteArray());
    }
    labels = folder.resolve("labels.txt");
    Files.write(labels, IntStream.range(0, 10).mapToObj(i -> CLASS + i).toList());
    image = folder.resolve(IMAGE + ".png");
    ImageFiles.writePng(DrawnDigits.draw(7, 2), image);
  }

  /** What a parser of HTML that knows nothing of our templates finds on a page. */
  private record Parsed(Set<String> tags, Set<String> attributes, String text, String values) {
    static Parsed of(String page) throws IOException {
      Set<String> tags = new TreeSet<>();
      Set<String> attributes = new TreeSet<>();
      StringBuilder text = new StringBuilder();
      StringBuilder values = new StringBuilder();
      new ParserDelegator()
          .parse(
              new StringReader(page),
              new HTMLEditorKit.ParserCallback() {
                @Override
                public void handleText(char[] data, int place) {
                  text.append(data).append('\n');
                }

                @Override
                public void handleSimpleTag(HTML.Tag tag, MutableAttributeSet given, int place) {
                  handleStartTag(tag, given, place);
                }

                @Override
                public void handleStartTag(HTML.Tag tag, MutableAttributeSet given, int place) {
                  tags.add(tag.toString());
                  for (Object name : Collections.list(given.getAttributeNames())) {
                    attributes.add(name.toString());
                    values.append(given.getAttribute(name)).append('\n');
                  }
                }
              },
              true);
      return new Parsed(tags, attributes, text.toString(), values.toString());
    }
  }

  private Parsed page(String command, Object... more) throws IOException {
    Path out = folder.resolve("out");
    List<Object> words = new ArrayList<>(List.of(command, "--model", network));
    words.addAll(List.of("--labels", labels, "--channels", "GRAY", "--out", out));
    words.addAll(List.of(more));
    Shell.Outcome outcome = new Shell(folder).run(words.toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return Parsed.of(Files.readString(out.resolve("report.html")));
  }

  /** A word inside the quotes that the command at the end of a page puts around it. */
  private static String inShell(String word) {
    return word.replace("'", "'\\''");
  }

  private static void isHarmless(Parsed page) {
    assertThat(page.tags()).contains("h1", "img", "pre").doesNotContain("script");
    assertThat(page.attributes()).noneMatch(name -> name.startsWith("on"));
  }

  @Test
  void attacksWithExplanations() throws IOException {
    Parsed page =
        page("attack", "--attack", "fgsm", "--method", "grad-cam", "--layer", LAYER, image);
    isHarmless(page);
    assertThat(page.text()).contains(CLASS + "7", LAYER, inShell(NETWORK), inShell(IMAGE));
    assertThat(page.values()).contains("before, " + CLASS + "7, map");
  }

  @Test
  void comparesOfExplanations() throws IOException {
    Parsed page =
        page(
            "compare",
            "--attack",
            "fgsm",
            "--epsilon",
            "0.2",
            "--method",
            "grad-cam",
            "--layer",
            LAYER,
            "--metric",
            "spearman",
            image);
    isHarmless(page);
    assertThat(page.text()).contains(CLASS + "7 ", "Grad-CAM (layer " + LAYER);
  }

  @Test
  void galleries() throws IOException {
    Parsed page = page("fooling-images", "--class", "3");
    isHarmless(page);
    assertThat(page.text()).contains(CLASS + "3");
    assertThat(page.values()).contains(CLASS + "3");
  }
}
