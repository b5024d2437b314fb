package io.adversight.catalog;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;

/** The catalogue as a page of documentation. */
public final class CatalogPage {
  private CatalogPage() {}

  /** The page in Markdown, kept as {@code docs/catalog.md}. */
  public static String markdown() {
    StringBuilder page =
        new StringBuilder(
            """
            # Catalogue

            Every algorithm with its parameters, their defaults (the paper's setting) and their ranges. This page is
            made by `./adversight catalog --markdown`; the keys of papers are those of
            [bibliography.bib](bibliography.bib).
            """);
    for (Kind kind : Kind.values()) {
      if (Catalog.entries(kind).isEmpty()) {
        continue;
      }
      page.append("\n## ").append(kind.title()).append('\n');
      if (kind == Kind.BOUNDED_ATTACK) {
        sizes(page);
      }
      for (Entry<?> entry : Catalog.entries(kind)) {
        entry(page, entry);
      }
    }
    return page.toString();
  }

  /** The sizes of a ball where none is given. */
  private static void sizes(StringBuilder page) {
    page.append(
        """

        Where no epsilon is given, the ball has the size at which robustness is usually measured in its norm:

        | norm | images up to 64 pixels a side | larger images |
        | --- | --- | --- |
        """);
    for (Norm norm : Norm.values()) {
      page.append("| `%s` | %s | %s |\n".formatted(norm, usual(norm, 64), usual(norm, 65)));
    }
  }

  private static String usual(Norm norm, int side) {
    return Epsilon.text(norm, Epsilon.usual(norm, side));
  }

  private static void entry(StringBuilder page, Entry<?> entry) {
    page.append("\n### `").append(entry.id()).append("`\n\n").append(entry.title());
    if (!entry.paper().isEmpty()) {
      page.append(" [").append(entry.paper()).append(']');
    }
    page.append(".\n");
    if (entry.parameters().isEmpty()) {
      return;
    }
    page.append("\n| parameter | what it does | default | range |\n| --- | --- | --- | --- |\n");
    for (Parameter parameter : entry.parameters()) {
      page.append("| `")
          .append(parameter.name())
          .append("` | ")
          .append(parameter.doc().replace("|", "\\|"))
          .append(" | ")
          .append(parameter.defaultText().isEmpty() ? "none" : parameter.defaultText())
          .append(" | ")
          .append(entry.range(parameter).replace("|", "\\|"))
          .append(" |\n");
    }
  }
}
