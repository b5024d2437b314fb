package io.adversight.experiments;

import io.adversight.report.format.Block;
import io.adversight.report.format.HtmlPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All experiments on one page, and their claims in one table. */
public final class ReproductionsPage {
  private final List<Found> found;
  private final List<Found> others;

  /** An experiment with its latest results; none if it was never run. */
  private record Found(String name, Plan plan, Optional<ExperimentPage> page) {
    Verdict verdict(Claim claim) {
      return page.map(one -> claim.judge(one.measured().numbers())).orElse(Verdict.NOT_MEASURED);
    }

    String ours(Claim claim) {
      return page.map(one -> one.brief(claim)).orElse("–");
    }

    /** The experiment to be unfolded. */
    Block.Details details() {
      List<Block> body =
          page.map(ExperimentPage::blocks).orElse(List.of(new Block.Note("Not measured yet.")));
      return new Block.Details(plan.title(), body);
    }

    /** The printed values of a claim's numbers; a dash where there are only words. */
    String theirs(Claim claim) {
      List<String> numbers = claim.numbers();
      String printed =
          Experiments.printed(name).stream()
              .filter(line -> numbers.contains(line.number()))
              .map(line -> "%s = %s".formatted(line.number(), line.theirs()))
              .collect(Collectors.joining("; "));
      return printed.isEmpty() ? "in words" : printed;
    }
  }

  private ReproductionsPage(List<Found> found, List<Found> others) {
    this.found = List.copyOf(found);
    this.others = List.copyOf(others);
  }

  /** From the results that come with the program. */
  public static ReproductionsPage ofProgram() {
    return new ReproductionsPage(
        Experiments.all().stream()
            .map(Experiment::name)
            .map(name -> found(name, List.of(Experiments.source(name))))
            .toList(),
        List.of());
  }

  /**
   * From the results of runs: for each experiment those of the full run in {@code parent}, else
   * those of the quick run there, else those that come with the program.
   */
  public static ReproductionsPage of(Path parent) {
    return new ReproductionsPage(
        Experiments.all().stream()
            .map(Experiment::name)
            .map(
                name ->
                    found(
                        name,
                        List.of(
                            new ResultSource.InFolder(parent.resolve(name + "/results")),
                            new ResultSource.InFolder(parent.resolve(name + "-quick/results")),
                            Experiments.source(name))))
            .toList(),
        others(parent));
  }

  /** Runs on networks of the user's own, whose folders are named NAME-MODEL or NAME-quick-MODEL. */
  private static List<Found> others(Path parent) {
    List<Found> runs = new ArrayList<>();
    if (!Files.isDirectory(parent)) {
      return runs;
    }
    for (Experiment experiment : Experiments.all()) {
      String prefix = experiment.name() + "-";
      try (Stream<Path> folders = Files.list(parent)) {
        folders
            .map(folder -> String.valueOf(folder.getFileName()))
            .filter(name -> name.startsWith(prefix) && !name.equals(prefix + "quick"))
            .sorted()
            .map(name -> new ResultSource.InFolder(parent.resolve(name + "/results")))
            .filter(source -> source.measured().isPresent())
            .forEach(source -> runs.add(found(experiment.name(), List.of(source))));
      } catch (IOException e) {
        throw new UncheckedIOException(parent + " cannot be read", e);
      }
    }
    return runs;
  }

  private static Found found(String name, List<ResultSource> sources) {
    Plan plan = Experiments.plan(name);
    for (ResultSource source : sources) {
      Optional<Measured> measured = source.measured();
      if (measured.isPresent()) {
        return new Found(
            name, plan, Optional.of(new ExperimentPage(name, plan, measured.get(), source)));
      }
    }
    return new Found(name, plan, Optional.empty());
  }

  private Map<String, List<Found>> byStudy() {
    return found.stream()
        .collect(
            Collectors.groupingBy(
                one -> one.plan().study(), LinkedHashMap::new, Collectors.toList()));
  }

  /** Everything: claims with verdicts, and each experiment to be unfolded. */
  public HtmlPage page() {
    List<Block> blocks = new ArrayList<>();
    byStudy()
        .forEach(
            (study, experiments) -> {
              List<Block> parts = new ArrayList<>();
              parts.add(
                  new Block.Table(
                      List.of("claim", "theirs", "ours", "verdict"), rows(experiments), 4));
              experiments.forEach(one -> parts.add(one.details()));
              blocks.add(new Block.Section(study, parts));
            });
    if (!others.isEmpty()) {
      blocks.add(
          new Block.Section(
              "On other networks and images", others.stream().<Block>map(Found::details).toList()));
    }
    return new HtmlPage("Five studies, measured again", facts(), blocks, Optional.empty());
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      facts.put(verdict.words(), Long.toString(count(verdict)));
    }
    return facts;
  }

  private long count(Verdict verdict) {
    return found.stream()
        .flatMap(one -> one.plan().claims().stream().map(one::verdict))
        .filter(verdict::equals)
        .count();
  }

  private static List<List<String>> rows(List<Found> experiments) {
    List<List<String>> rows = new ArrayList<>();
    for (Found one : experiments) {
      for (Claim claim : one.plan().claims()) {
        rows.add(
            List.of(claim.claim(), one.theirs(claim), one.ours(claim), one.verdict(claim).words()));
      }
    }
    return rows;
  }

  /** The claims as a page in Markdown: docs/results/reproductions.md. */
  public String markdown() {
    StringBuilder text =
        new StringBuilder(
            """
            # Five studies, measured again

            Written by `./adversight reproduce report` from the results in `experiments/*/results`. Each claim is judged by
            the rule in its experiment's `study.json`; `theirs` is what the study prints, `ours` what the rule compares.
            """);
    text.append(
        Arrays.stream(Verdict.values())
            .map(verdict -> "%s: %s".formatted(verdict.words(), count(verdict)))
            .collect(Collectors.joining(", ", "\n", ".\n")));
    byStudy()
        .forEach(
            (study, experiments) -> {
              text.append("\n## %s\n\n".formatted(study));
              text.append("| claim | theirs | ours | verdict | experiment |\n");
              text.append("| --- | --- | --- | --- | --- |\n");
              for (Found one : experiments) {
                for (Claim claim : one.plan().claims()) {
                  text.append(line(one, claim));
                }
              }
            });
    return text.toString();
  }

  private static String line(Found one, Claim claim) {
    String quick = one.page().map(p -> p.measured().quick() ? " (quick subset)" : "").orElse("");
    return List.of(
            claim.claim(),
            one.theirs(claim),
            one.ours(claim),
            one.verdict(claim).words(),
            "[%s](../../experiments/%s)%s".formatted(one.name(), one.name(), quick))
        .stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
