package io.adversight.report.evaluation;

import io.adversight.attack.Epsilon;
import io.adversight.attack.corruption.CommonCorruption;
import io.adversight.data.DataSet;
import io.adversight.model.ModelCard;
import io.adversight.plot.Plot;
import io.adversight.report.format.Block;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.Names;
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
import io.adversight.study.evaluation.CorruptionAccuracy;
import io.adversight.study.evaluation.DistanceBounds;
import io.adversight.study.evaluation.EvaluationSpec;
import io.adversight.study.evaluation.ExplanationShift;
import io.adversight.study.evaluation.NetworkEvaluation;
import io.adversight.study.robustness.AttackRobustness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
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
    blocks.add(new Block.Section("Corruptions", corruptions()));
    blocks.add(new Block.Section("Explanations under attack", explanations()));
    blocks.add(new Block.Section("Certified bounds", bounds()));
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
    rows.add(
        row(
            "mean accuracy under 15 corruptions at 5 severities",
            n -> NumberText.percent(CorruptionAccuracy.mean(n.corruptions()))));
    rows.add(
        row(
            "certified within epsilon, of a subset",
            n -> RobustnessTable.percent(n.certified(spec.epsilon()))));
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
        new Block.NamedValues(assumptions(), true),
        new Block.Table(header, rows, 1 + networks.size()));
  }

  /** What is assumed of the attacker. */
  private Map<String, String> assumptions() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "perturbation",
        "%s, %s; pixels stay in [0, 1]"
            .formatted(
                spec.norm(),
                spec.epsilons().stream().map(this::at).collect(Collectors.joining(", "))));
    all.put("goal", "any wrong class (untargeted)");
    all.put("knowledge", "the network, its weights and its defence (white-box); less where stated");
    all.put("robust", "an image that is classified right and that no attack changes");
    return all;
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

  private List<Block> corruptions() {
    List<Block> blocks = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    NetworkEvaluation first = networks.get(0);
    for (int t = 0; t < first.corruptions().size(); t++) {
      int type = t;
      CommonCorruption.Type named = first.corruptions().get(t).type();
      List<String> row = new ArrayList<>(List.of(words(named), words(named.family())));
      for (NetworkEvaluation network : networks) {
        CorruptionAccuracy one = network.corruptions().get(type);
        row.add(NumberText.percent(one.mean()));
        if (networks.size() == 1) {
          for (int s = 1; s <= CommonCorruption.SEVERITIES; s++) {
            row.add(NumberText.percent(one.at(s)));
          }
        }
      }
      rows.add(row);
    }
    List<String> header = new ArrayList<>(List.of("corruption", "kind"));
    for (NetworkEvaluation network : networks) {
      header.add(networks.size() == 1 ? "accuracy" : network.card().nameInResults());
    }
    if (networks.size() == 1) {
      for (int s = 1; s <= CommonCorruption.SEVERITIES; s++) {
        header.add("severity " + s);
      }
    }
    List<List<String>> means = new ArrayList<>();
    means.add(
        row(
            "mean corruption error, not normalized",
            n -> NumberText.percent(1 - CorruptionAccuracy.mean(n.corruptions()))));
    if (networks.size() > 1) {
      means.add(
          row(
              "mCE relative to " + first.card().nameInResults(),
              n -> {
                OptionalDouble error =
                    CorruptionAccuracy.error(n.corruptions(), first.corruptions());
                return error.isPresent() ? NumberText.percent(error.getAsDouble()) : NONE;
              }));
    }
    blocks.add(table("", means));
    blocks.add(new Block.Table(header, rows, 2));
    blocks.add(
        new Block.Note(
            "The corruptions of Hendrycks and Dietterich (2019), computed for images of any size"
                + " from the amounts of ImageNet-C; means do not include rotations and"
                + " translations. The mCE divides each corruption's errors by those of the"
                + " reference, the first network of --model."));
    return blocks;
  }

  private static String words(Enum<?> constant) {
    return Names.of(constant).replace('-', ' ');
  }

  private List<Block> explanations() {
    List<List<String>> rows = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    for (NetworkEvaluation network : networks) {
      for (ExplanationShift.Row one : network.explanations().rows()) {
        List<String> row =
            new ArrayList<>(
                List.of(
                    network.card().nameInResults(),
                    one.method(),
                    Integer.toString(one.images()),
                    NumberText.of(one.attacked()),
                    NumberText.of(one.noisy())));
        row.add(
            one.shares().isEmpty()
                ? NONE
                : one.shares().stream()
                    .map(
                        share ->
                            "%s %s to %s"
                                .formatted(
                                    share.object(),
                                    NumberText.percent(share.before()),
                                    NumberText.percent(share.after())))
                    .collect(Collectors.joining("; ")));
        rows.add(row);
      }
      if (!network.explanations().notRun().isEmpty()) {
        blocks.add(
            new Block.Note(
                "NOT RUN on %s: %s"
                    .formatted(network.card().nameInResults(), network.explanations().notRun())));
      }
    }
    if (!rows.isEmpty()) {
      blocks.add(
          new Block.Table(
              List.of(
                  "network",
                  "explanation",
                  "images",
                  "rank correlation after PGD",
                  "after noise",
                  "share on objects, before to after PGD"),
              rows,
              2));
      blocks.add(
          new Block.Note(
              "Maps of the true class, before and after the change, at %s: Spearman's rank"
                      .formatted(at(spec.epsilon()))
                  + " correlation is 1 if they stay. Noise is a random point of the same ball."));
    }
    return blocks;
  }

  private List<Block> bounds() {
    List<Block> blocks = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (NetworkEvaluation network : networks) {
      for (DistanceBounds bound : network.bounds()) {
        rows.add(
            List.of(
                network.card().nameInResults(),
                images.imageName(bound.image()),
                line(bound, network.worst().smallest(bound.image()))));
      }
      network.bounds().stream()
          .map(DistanceBounds::notRun)
          .filter(why -> !why.isEmpty())
          .findFirst()
          .ifPresent(
              why ->
                  blocks.add(
                      new Block.Note(
                          "NOT RUN on %s: %s".formatted(network.card().nameInResults(), why))));
    }
    blocks.add(new Block.Table(List.of("network", "image", spec.norm().toString()), rows, 3));
    blocks.add(
        new Block.Note(
            "The certified radius is a proof (CROWN-IBP, Zhang et al. 2020), CLEVER an estimate"
                + " (Weng et al. 2018), found is the smallest change of all attacks. The nearest"
                + " adversarial image lies between the first and the last."));
    return blocks;
  }

  /** The bounds of one image in one line. */
  private static String line(DistanceBounds bound, double found) {
    String certified =
        Double.isNaN(bound.certified())
            ? ""
            : "certified %s <= ".formatted(size(bound.certified()));
    String relation = bound.clever() <= found ? "<=" : "> (sampled too little)";
    return "%sCLEVER %s %s found %s"
        .formatted(certified, size(bound.clever()), relation, size(found));
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
