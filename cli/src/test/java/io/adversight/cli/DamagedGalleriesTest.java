package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.mutation.Mutations;
import io.adversight.mutation.ReaderCheck;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedGalleriesTest {
  private static final String PAGE =
      """
      # images of a page
      birds = data aviary-train --count 720
      net = train recipe.json --data {birds}/images
      history.jpg = training-history {net}/epochs --model aviary --objective class:3
      filters.png = weights --model aviary
      """;

  private static final String MANIFEST =
      """
      {"title": "Filters", "facts": {"network": "aviary"},
       "images": [{"file": "a.png", "caption": "a"}, {"file": "sheet/b.png", "caption": "b"}]}
      """;

  @TempDir Path folder;

  @Test
  void pagesAreReadOrRefusedInALine() {
    Path file = folder.resolve("page.gallery");
    ReaderCheck.Outcome outcome =
        new ReaderCheck(
                Mutations.ofText(PAGE).and(Mutations.ofBytes(bytes(PAGE))),
                List.of(InputException.class, UnknownNameException.class))
            .run(
                input -> {
                  Files.write(file, input);
                  GalleryPage page = GalleryPage.read(file);
                  for (String line : page.linesFor(page.images())) {
                    assertThat(page.words(line, folder)).isNotEmpty();
                  }
                });
    assertThat(outcome.read()).isPositive();
    assertThat(outcome.refused()).isPositive();
  }

  @Test
  void listsOfImagesAreReadOrRefusedInALine() {
    ReaderCheck.Outcome outcome =
        new ReaderCheck(Mutations.ofJson(MANIFEST), List.of(InputException.class))
            .run(
                input -> {
                  Files.write(folder.resolve("manifest.json"), input);
                  assertThat(GalleryCommand.last(folder)).startsWithRaw(folder);
                });
    assertThat(outcome.read()).isPositive();
    assertThat(outcome.refused()).isPositive();
  }

  /** Thirty lines, each of which needs the one above it twice, are a billion ways to the first. */
  @Test
  void whatIsNeededOftenIsMadeOnce() {
    List<String> lines =
        IntStream.range(0, 30)
            .mapToObj(i -> "l%s = data x%s".formatted(i, i == 0 ? "" : twice("{l" + (i - 1) + "}")))
            .collect(Collectors.toList());
    lines.add("last.png = weights {l29}");
    GalleryPage page = GalleryPage.of(lines, folder);
    assertThat(page.linesFor(List.of("last.png"))).hasSize(31).startsWith("l0", "l1");
  }

  private static String twice(String word) {
    return " " + word + " " + word;
  }

  @Test
  void namesOfItsOwnFilesAndCommandsThatMakeNoImageAreRefused() {
    for (String line :
        List.of("gallery.json = weights", "a.done = weights", "a.png = gallery x", "a.png = lab")) {
      assertThatThrownBy(() -> GalleryPage.of(List.of(line), folder))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("line 1");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
