package io.adversight.experiments.typeone;

import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.experiments.Trend;
import io.adversight.image.Raster;
import io.adversight.metric.numeric.RocCurve;
import io.adversight.model.Batches;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Figure 1 with measured points: the ROC curve of "is it a three" by the attacked network, clean,
 * with threes changed by Type II attacks, and with other digits replaced by images made from threes
 * by Type I attacks.
 */
public final class TypeOneRoc implements Experiment {
  private static final String CLEAN = "clean";
  private static final int BATCH = 50;
  private static final int TILE = 70;
  private static final int SHOWN = 9;

  @Override
  public String name() {
    return "type-one-roc";
  }

  @Override
  public void measure(Bench bench) {
    new Measurement(bench).all();
  }

  /** The curves of one run. */
  private static final class Measurement {
    private final Bench bench;
    private final Contestants contestants;
    private final int positive;
    private final List<Integer> threes;
    private final List<Integer> others;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, List<RocCurve.Point>> decisions = new LinkedHashMap<>();
    private final List<List<String>> table = new ArrayList<>();

    Measurement(Bench bench) {
      this.bench = bench;
      this.contestants = Contestants.of(bench);
      this.positive = bench.count("positive");
      this.threes = numbers(label -> label == positive);
      this.others = numbers(label -> label != positive);
    }

    /** Numbers of the first images whose class is wanted. */
    private List<Integer> numbers(Predicate<Integer> wanted) {
      return IntStream.range(0, contestants.digits().size())
          .filter(i -> wanted.test(contestants.digits().label(i)))
          .limit(bench.count("count"))
          .boxed()
          .toList();
    }

    void all() {
      List<Score> clean = scores("threes", threes, this::pixels);
      List<Score> negatives = scores("others", others, this::pixels);
      add(CLEAN, clean, negatives, true);
      for (double epsilon : bench.values("epsilons")) {
        boolean drawn = epsilon == bench.setting("drawn");
        String at = " at " + Trend.place(epsilon);
        add("FGSM" + at, typeTwo("FGSM" + at, new Fgsm(), epsilon), negatives, drawn);
        BoundedAttack pgd = new Pgd(bench.count("pgdSteps"), 0.1, true);
        add("PGD" + at, typeTwo("PGD" + at, pgd, epsilon), negatives, drawn);
      }
      List<Integer> sources = contestants.ofClass(positive, others.size());
      List<JsonNode> made = batches("type-one", others, part -> typeOne(part, sources));
      List<Score> fooling = new ArrayList<>();
      for (int i = 0; i < made.size(); i++) {
        boolean replaced = made.get(i).path("replaced").asBoolean();
        fooling.add(replaced ? Score.read(made.get(i).path("score")) : negatives.get(i));
      }
      add("Type I", clean, fooling, true);
      bench.number(
          "negatives replaced by Type I images",
          (double) made.stream().filter(one -> one.path("replaced").asBoolean()).count()
              / made.size());
      bench.number("threes", threes.size());
      bench.number("other digits", others.size());
      show(made);
    }

    /** What is computed of the images from {@code first} to before {@code end} of a list. */
    private record Part(List<Integer> images, int first) {}

    private List<JsonNode> batches(
        String name, List<Integer> images, Function<Part, ArrayNode> work) {
      return bench
          .each(
              name.replace(' ', '-'),
              (images.size() + BATCH - 1) / BATCH,
              number -> {
                bench.run().checkCancelled();
                int first = number * BATCH;
                int end = Math.min(images.size(), first + BATCH);
                return work.apply(new Part(images.subList(first, end), first));
              })
          .stream()
          .flatMap(JsonNode::valueStream)
          .toList();
    }

    private List<Score> scores(
        String name, List<Integer> images, Function<List<Integer>, Tensor> shown) {
      return batches(
              name,
              images,
              part -> {
                ArrayNode scores = Json.MAPPER.createArrayNode();
                try (Scope scope = Scope.open()) {
                  Score.of(contestants.attacked(), shown.apply(part.images()), positive)
                      .forEach(score -> scores.add(score.toJson()));
                }
                return scores;
              })
          .stream()
          .map(Score::read)
          .toList();
    }

    private Tensor pixels(List<Integer> images) {
      return Batches.of(images.stream().map(contestants.digits()::image).toList());
    }

    private List<Score> typeTwo(String name, BoundedAttack attack, double epsilon) {
      return scores(
          name,
          threes,
          images -> {
            Tensor pixels = pixels(images);
            List<Integer> labels = Collections.nCopies(images.size(), positive);
            Problem problem = Problem.of(contestants.attacked(), pixels, labels);
            Run run = Run.of(bench.rng(), pixels);
            return Attacks.changed(attack, problem, Norm.LINF, epsilon, run);
          });
    }

    /**
     * For each of some other digits, an image made from a three that most oracles take for that
     * digit and the attacked network for a three, where the attack finds one.
     */
    private ArrayNode typeOne(Part part, List<Integer> sources) {
      int count = part.images().size();
      List<Integer> targets = part.images().stream().map(contestants.digits()::label).toList();
      List<Integer> taken =
          IntStream.range(0, count)
              .mapToObj(i -> sources.get((part.first() + i) % sources.size()))
              .toList();
      try (Scope scope = Scope.open()) {
        Problem problem =
            Problem.of(contestants.attacked(), pixels(taken), Collections.nCopies(count, positive))
                .with(new Goal.Keep(targets));
        Tensor images =
            contestants.attack().perturb(contestants.observer().model(), problem, Run.of(count));
        List<Score> scores = Score.of(contestants.attacked(), images, positive);
        List<Integer> seen = contestants.observer().oracles().seen(images);
        List<Raster> rasters = Batches.rasters(images);
        ArrayNode found = Json.MAPPER.createArrayNode();
        for (int i = 0; i < count; i++) {
          ObjectNode one = found.addObject();
          one.set("score", scores.get(i).toJson());
          one.put("replaced", seen.get(i).equals(targets.get(i)));
          one.put("png", EncodedImage.of(rasters.get(i)));
        }
        return found;
      }
    }

    private void add(String name, List<Score> positives, List<Score> negatives, boolean drawn) {
      RocCurve curve = RocCurve.of(logOdds(positives), logOdds(negatives));
      List<String> row = new ArrayList<>(List.of(name));
      RocCurve.Point decision =
          new RocCurve.Point(
              share(negatives, Score::decided), share(positives, Score::decided), Double.NaN);
      decisions
          .computeIfAbsent(name.replaceAll(" at .*", ""), n -> new ArrayList<>())
          .add(decision);
      row.add(number("true positive rate, " + name, decision.truePositiveRate()));
      row.add(number("false positive rate, " + name, decision.falsePositiveRate()));
      row.add(number("true positive rate at one half, " + name, share(positives, Score::isLikely)));
      row.add(
          number("false positive rate at one half, " + name, share(negatives, Score::isLikely)));
      row.add(number("area under the curve, " + name, curve.auc()));
      table.add(row);
      if (drawn) {
        lines.add(line(name, curve.corners()));
      }
    }

    private static Line line(String name, List<RocCurve.Point> points) {
      return new Line(
          name,
          points.stream().map(RocCurve.Point::falsePositiveRate).toList(),
          points.stream().map(RocCurve.Point::truePositiveRate).toList());
    }

    /** From where the clean images are to where each attack moves them. */
    private List<Line> moves() {
      List<RocCurve.Point> clean = decisions.getOrDefault(CLEAN, List.of());
      List<Line> moves = new ArrayList<>();
      decisions.forEach(
          (name, points) ->
              moves.add(line(name, Stream.concat(clean.stream(), points.stream()).toList())));
      return moves;
    }

    private String number(String name, double value) {
      bench.number(name, value);
      return String.format(Locale.ROOT, "%.3f", value);
    }

    private static double[] logOdds(List<Score> scores) {
      return scores.stream().mapToDouble(Score::logOdds).toArray();
    }

    private static double share(List<Score> scores, Predicate<Score> holds) {
      return (double) scores.stream().filter(holds).count() / scores.size();
    }

    private void show(List<JsonNode> made) {
      bench.table(
          "points",
          "Rates where the network predicts a three, and where it gives it one half or more",
          List.of(
              "images",
              "true positive rate",
              "false positive rate",
              "true positive rate at one half",
              "false positive rate at one half",
              "area under the curve"),
          table);
      bench.plot(
          "roc",
          LinePlot.of(
                  "Is it a %s? ROC curves of %s"
                      .formatted(positive, contestants.attacked().card().name()),
                  "false positive rate",
                  "true positive rate",
                  lines)
              .within(0, 1)
              .withDiagonal());
      bench.plot(
          "decisions",
          LinePlot.of(
                  "Is it a %s? Where the attacks move the rates of the network's decision"
                      .formatted(positive),
                  "false positive rate",
                  "true positive rate",
                  moves())
              .within(0, 1)
              .withDiagonal());
      bench.image(
          "type-one",
          "Images that replace other digits: the network says %s to all".formatted(positive),
          () -> sheet(made));
    }

    private Raster sheet(List<JsonNode> made) {
      List<String> columns = new ArrayList<>();
      List<Raster> clean = new ArrayList<>();
      List<Raster> shown = new ArrayList<>();
      for (int i = 0; i < made.size() && columns.size() < SHOWN; i++) {
        String column = "oracles: " + contestants.digits().label(others.get(i));
        if (made.get(i).path("replaced").asBoolean() && !columns.contains(column)) {
          columns.add(column);
          clean.add(contestants.digits().image(others.get(i)));
          shown.add(EncodedImage.read(made.get(i).path("png")));
        }
      }
      return new ImageTable(columns, TILE)
          .row("clean digit", clean)
          .row("network: " + positive, shown)
          .sheet();
    }
  }
}
