package io.adversight.catalog;

import static org.assertj.core.api.Assertions.assertThat;

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
