package io.adversight.catalog;

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
      for (Entry<?> entry : Catalog.entries(kind)) {
        entry(page, entry);
      }
    }
    return page.toString();
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
