package io.adversight.report.evaluation;

import io.adversight.attack.Epsilon;
import io.adversight.data.DataSet;
import io.adversight.model.ModelCard;
import io.adversight.plot.Plot;
import io.adversight.report.format.Block;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.PageImage;
import io.adversight.report.format.ResultJson;
import io.adversight.report.format.RobustnessTable;
import io.adversight.report.format.Titles;
import io.adversight.study.Algorithm;
import io.adversight.study.evaluation.AttackGroup;
import io.adversight.study.evaluation.AttackGroup.Role;
import io.adversight.study.evaluation.AttackPlan;
import io.adversight.study.evaluation.Check;
import io.adversight.study.evaluation.Convergence;
import io.adversight.study.evaluation.EvaluationSpec;
import io.adversight.study.evaluation.NetworkEvaluation;
import io.adversight.study.robustness.AttackRobustness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The page of a robustness report: a summary of one page, then the details. */
final class EvaluationPage {
  private static final String NONE = "-";

  private final EvaluationSpec spec;
  private final DataSet images;
  private final List<NetworkEvaluation> networks;
  private final Path folder;
  private final Map<String, Plot> plots;

  EvaluationPage(
      EvaluationSpec spec,
      DataSet images,
      List<NetworkEvaluation> networks,
      Path folder,
      Map<String, Plot> plots) {
    this.spec = spec;
    this.images = images;
    this.networks = networks;
    this.folder = folder;
    this.plots = plots;
  }

  HtmlPage page(JsonNode identity, JsonNode result) {
    String names =
        networks.stream()
            .map(network -> network.card().nameInResults())
            .collect(Collectors.joining(", "));
    boolean one = networks.size() == 1;
    return new HtmlPage(
        "Robustness of " + names,
        Facts.of(identity),
        blocks(),
        result,
        one ? names : "",
        one ? networks.get(0).card().sha256() : "");
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Group(Block.Layout.SHEET, new Block.Section("Summary", summary())));
    blocks.add(new Block.Section("Threat model and provenance", threatModel()));
    blocks.add(new Block.Section("Attacks", attacks()));
    blocks.add(new Block.Section("Minimum norms", norms()));
    blocks.add(new Block.Section("Growing balls", growth()));
    blocks.add(new Block.Section("Convergence", convergence()));
    blocks.add(new Block.Section("Images", imageList()));
    return blocks;
  }

  private Block table(String first, List<List<String>> rows) {
    List<String> header = new ArrayList<>(List.of(first));
    networks.forEach(network -> header.add(network.card().nameInResults()));
    return new Block.Table(header, rows, 1);
  }

  /** A row with a cell for each network. */
  private List<String> row(String name, Function<NetworkEvaluation, String> cell) {
    return Stream.concat(Stream.of(name), networks.stream().map(cell)).toList();
  }

  private Block plot(String file) {
    return new Block.PlotImage(
        PageImage.in(folder.resolve(file)), Objects.requireNonNull(plots.get(file)).title());
  }

  private String at(double epsilon) {
    return "epsilon " + Epsilon.text(spec.norm(), epsilon);
  }

  private List<Block> summary() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("clean accuracy", n -> RobustnessTable.percent(n.worst().clean())));
    for (double epsilon : spec.epsilons()) {
      rows.add(
          row(
              "robust accuracy, worst case over all attacks, " + at(epsilon),
              n -> RobustnessTable.percent(n.worst().robust(epsilon))));
      rows.add(
          row(
              "robust accuracy, AutoAttack alone, " + at(epsilon),
              n -> RobustnessTable.percent(n.worst().autoAttack(epsilon))));
    }
    rows.add(row("median minimum norm, " + spec.norm(), n -> size(n.worst().median())));
    rows.add(row("accuracy under rotations and translations", this::spatial));
    rows.add(row("checks", EvaluationPage::counted));
    return List.of(
        table("", rows),
        new Block.Note(
            "Shares are of all %s images, with 95 %% Wilson intervals.".formatted(images.size())),
        new Block.Heading("Can the attacks be trusted?"),
        checks(),
        new Block.Group(Block.Layout.ROW, plot(EvaluationPlots.SECURITY)));
  }

  private String spatial(NetworkEvaluation network) {
    return network.groups().attacks(Role.SPATIAL).stream()
        .flatMap(attack -> attack.accuracies().stream())
        .findFirst()
        .map(at -> at.accuracy().ofAll())
        .map(RobustnessTable::percent)
        .orElse(NONE);
  }

  private static String counted(NetworkEvaluation network) {
    return Stream.of(Check.Verdict.values())
        .map(verdict -> "%s %s".formatted(network.count(verdict), verdict.words()))
        .collect(Collectors.joining(", "));
  }

  private Block checks() {
    List<Block.CheckRow> rows = new ArrayList<>();
    List<Check> first = networks.get(0).checks();
    for (int i = 0; i < first.size(); i++) {
      int number = i;
      rows.add(
          new Block.CheckRow(
              first.get(i).name(),
              first.get(i).source().words(),
              networks.stream()
                  .map(n -> n.checks().get(number))
                  .map(check -> new Block.CheckCell(check.verdict(), check.found()))
                  .toList()));
    }
    return new Block.CheckList(
        networks.stream().map(network -> network.card().nameInResults()).toList(), rows);
  }

  private List<Block> threatModel() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("network", n -> n.card().title()));
    rows.add(row("defence", n -> said(n.card().in().defense(), "none")));
    rows.add(row("gradients", n -> said(n.probe().gradients(), "the network's own")));
    rows.add(row("extra training data", n -> said(n.card().extraData(), "not stated")));
    rows.add(row("source", n -> said(n.card().source(), "not stated")));
    rows.add(row("licence", n -> said(n.card().licence(), "not stated")));
    rows.add(row("note", n -> said(n.card().note(), NONE)));
    rows.add(row("input", n -> input(n.card())));
    rows.add(row("SHA-256", n -> said(n.card().sha256(), "not known")));
    List<String> header = new ArrayList<>(List.of(""));
    networks.forEach(network -> header.add(network.card().nameInResults()));
    return List.of(
        new Block.NamedValues(
            Map.of(
                "perturbation",
                "%s, %s; pixels stay in [0, 1]"
                    .formatted(
                        spec.norm(),
                        spec.epsilons().stream().map(this::at).collect(Collectors.joining(", "))),
                "goal",
                "any wrong class (untargeted)",
                "knowledge",
                "the network, its weights and its defence (white-box); fewer where stated",
                "accuracy",
                "an image is robust if it is classified right and no attack succeeds"),
            true),
        new Block.Table(header, rows, 1 + networks.size()));
  }

  private static String said(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  private static String input(ModelCard card) {
    return "%s x %s x %s"
        .formatted(card.input().channels(), card.input().height(), card.input().width());
  }

  private List<Block> attacks() {
    List<String> header = new ArrayList<>(List.of("attack", "knowledge", "images", "epsilon"));
    for (NetworkEvaluation network : networks) {
      header.add(
          networks.size() == 1
              ? "robust, of all"
              : "robust, of all: " + network.card().nameInResults());
    }
    if (networks.size() == 1) {
      header.addAll(List.of("gradients", "queries", "seconds"));
    }
    List<List<String>> rows = new ArrayList<>();
    NetworkEvaluation first = networks.get(0);
    for (AttackGroup group : first.plan().groups()) {
      if (group.role() != Role.GROWTH) {
        for (AttackRobustness attack : first.groups().attacks(group.role())) {
          for (int e = 0; e < attack.accuracies().size(); e++) {
            rows.add(attack(group, attack, e));
          }
        }
      }
    }
    return List.of(
        new Block.Table(header, rows, 2),
        new Block.Note(
            "The standard ensemble (AutoAttack, Croce and Hein 2020) is %s, each made on all"
                    .formatted(String.join(", ", AttackPlan.AUTO_ATTACK.stream().sorted().toList()))
                + " images; an attack stops on an image once it succeeds. Gradients and queries"
                + " are means per image."));
  }

  private List<String> attack(AttackGroup group, AttackRobustness attack, int e) {
    double epsilon = attack.accuracies().get(e).epsilon();
    List<String> row = new ArrayList<>();
    row.add(title(attack.attack()));
    row.add(group.role().words());
    row.add(Integer.toString(group.images()));
    row.add(Double.isNaN(epsilon) ? NONE : Epsilon.text(spec.norm(), epsilon));
    for (NetworkEvaluation network : networks) {
      row.add(
          network
              .groups()
              .of(group.role())
              .flatMap(summary -> summary.of(attack.attack()))
              .filter(own -> own.accuracies().size() > e)
              .map(own -> RobustnessTable.percent(own.accuracies().get(e).accuracy().ofAll()))
              .orElse(NONE));
    }
    if (networks.size() == 1) {
      row.add(NumberText.of(Math.rint(attack.cost().gradients())));
      row.add(NumberText.of(Math.rint(attack.cost().queries())));
      row.add(NumberText.of(attack.seconds()));
    }
    return row;
  }

  private static String title(Algorithm attack) {
    return Titles.of(ResultJson.algorithm(attack));
  }

  private List<Block> norms() {
    List<List<String>> rows = new ArrayList<>();
    for (double share : List.of(0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)) {
      rows.add(
          row(
              share == 0
                  ? "smallest"
                  : share == 1 ? "largest" : String.format(Locale.ROOT, "%.0f %%", 100 * share),
              n -> size(quantile(n.worst().smallest(), share))));
    }
    return List.of(
        table("share of the images within", rows),
        new Block.Note(
            "The %s norm of the smallest change that any attack found, of the images classified"
                    .formatted(spec.norm())
                + " right. It is an upper bound of the distance to the nearest adversarial"
                + " image."));
  }

  /** The smallest value that a share of the values does not exceed. */
  private static double quantile(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, (int) Math.ceil(share * (sorted.size() - 1))));
  }

  private static String size(double size) {
    return Double.isFinite(size) ? String.format(Locale.ROOT, "%.4f", size) : "none found";
  }

  private List<Block> growth() {
    List<List<String>> rows = new ArrayList<>();
    List<Double> epsilons = networks.get(0).probe().epsilons();
    for (int e = 0; e < epsilons.size(); e++) {
      int place = e;
      List<String> row = new ArrayList<>(List.of(Epsilon.text(spec.norm(), epsilons.get(e))));
      for (NetworkEvaluation network : networks) {
        row.add(
            network.groups().attacks(Role.GROWTH).stream()
                .flatMap(attack -> attack.accuracies().stream())
                .filter(at -> at.epsilon() == epsilons.get(place))
                .findFirst()
                .map(at -> NumberText.percent(at.fooled()))
                .orElse(NONE));
        row.add(NumberText.of(network.probe().losses().get(e)));
      }
      rows.add(row);
    }
    List<String> header = new ArrayList<>(List.of("epsilon"));
    for (NetworkEvaluation network : networks) {
      String suffix = networks.size() == 1 ? "" : ": " + network.card().nameInResults();
      header.add("fooled by PGD, of those right" + suffix);
      header.add("mean loss" + suffix);
    }
    return List.of(
        new Block.Table(header, rows, 1),
        new Block.Note(
            "Both must grow with epsilon, and in the last ball, which holds every image, no image"
                + " may withstand. The loss is the cross-entropy after ten steps of PGD over %s"
                    .formatted(spec.budget().subsets().attacked())
                + " images."));
  }

  private List<Block> convergence() {
    List<List<String>> rows = new ArrayList<>();
    for (NetworkEvaluation network : networks) {
      for (Convergence one : network.converging()) {
        List<String> row = new ArrayList<>();
        row.add(network.card().nameInResults());
        row.add(title(one.attack()));
        row.add("%s of %s".formatted(one.iterations().size(), one.images()));
        for (int count : List.of(1, 5, 10, 20, 50, 100)) {
          row.add(NumberText.percent(one.within(count)));
        }
        rows.add(row);
      }
    }
    return List.of(
        new Block.Table(
            List.of(
                "network", "attack", "fooled", "within 1 iteration", "5", "10", "20", "50", "100"),
            rows,
            2),
        new Block.Group(Block.Layout.ROW, plot(EvaluationPlots.ITERATIONS)));
  }

  private List<Block> imageList() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      int image = i;
      rows.add(
          row(
              images.imageName(i),
              n -> {
                int place = n.worst().right().indexOf(image);
                return place < 0
                    ? "wrong without an attack"
                    : size(n.worst().smallest().get(place));
              }));
    }
    return List.of(
        new Block.Details(
            "Smallest change found of each of the %s images of %s"
                .formatted(images.size(), images.name()),
            List.of(table("image", rows))));
  }
}
