package io.adversight.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CatalogPageTest {
  private static final Path DOCS = Path.of("..", "docs");

  @Test
  void standsInTheDocumentationAsItIsNow() throws IOException {
    assertThat(CatalogPage.markdown())
        .as("run: ./adversight catalog --markdown > docs/catalog.md")
        .isEqualTo(Files.readString(DOCS.resolve("catalog.md")));
  }

  /** The README names the sizes that are taken where none is given. */
  @Test
  void theReadmeSaysWhatEpsilonIsByDefault() throws IOException {
    String readme = Files.readString(DOCS.resolve("../README.md")).replaceAll("\\s+", " ");
    assertThat(readme)
        .contains(
            "%s in LINF, %s in L2 and %s in L1, and for images of more than 64 pixels a side"
                    .formatted(usual(Norm.LINF, 64), usual(Norm.L2, 64), usual(Norm.L1, 64))
                + " %s in L2 and %s in L1".formatted(usual(Norm.L2, 65), usual(Norm.L1, 65)));
  }

  private static String usual(Norm norm, int side) {
    return Epsilon.text(norm, Epsilon.usual(norm, side));
  }

  @Test
  void citesPapersThatTheBibliographyKnows() throws IOException {
    String bibliography = Files.readString(DOCS.resolve("bibliography.bib"));
    for (Entry<?> entry : Catalog.entries()) {
      if (!entry.paper().isEmpty()) {
        assertThat(bibliography)
            .as("%s cites %s", entry.id(), entry.paper())
            .containsPattern("@\\w+\\{" + Pattern.quote(entry.paper()) + ",");
      }
    }
  }
}
