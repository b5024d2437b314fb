package io.adversight.cli;

import io.adversight.catalog.Catalog;
import io.adversight.catalog.CatalogJson;
import io.adversight.catalog.CatalogPage;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.catalog.Parameter;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the algorithms. */
@Example("adversight catalog")
@Command(
    name = "catalog",
    mixinStandardHelpOptions = true,
    description = "Lists every algorithm with its parameters, ranges, defaults and paper.",
    sortOptions = false)
final class CatalogCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "only this algorithm")
  String name = "";

  @Option(names = "--json", description = "print JSON")
  boolean json;

  @Option(names = "--markdown", description = "print the page of the documentation")
  boolean markdown;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(CatalogJson.text());
      return 0;
    }
    if (markdown) {
      out.print(CatalogPage.markdown());
      out.flush();
      return 0;
    }
    if (!name.isEmpty()) {
      print(out, Catalog.find(name, Kind.values()));
      return 0;
    }
    for (Kind kind : Kind.values()) {
      if (!Catalog.entries(kind).isEmpty()) {
        out.println(kind.title());
        out.println();
        Catalog.entries(kind).forEach(entry -> print(out, entry));
      }
    }
    return 0;
  }

  private static void print(PrintWriter out, Entry<?> entry) {
    out.println(
        "  %s: %s%s"
            .formatted(
                entry.id(),
                entry.title(),
                entry.paper().isEmpty() ? "" : " [" + entry.paper() + "]"));
    for (Parameter parameter : entry.parameters()) {
      String range = entry.range(parameter);
      out.println(
          "      --%-20s %s; default %s%s"
              .formatted(
                  parameter.name(),
                  parameter.doc(),
                  parameter.defaultText().isEmpty() ? "none" : parameter.defaultText(),
                  range.isEmpty() || range.equals("any") ? "" : "; " + range));
    }
    out.println();
  }
}
