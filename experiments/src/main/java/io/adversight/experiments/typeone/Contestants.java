package io.adversight.experiments.typeone;

import io.adversight.attack.latent.Generators;
import io.adversight.attack.latent.TypeOne;
import io.adversight.data.DataSet;
import io.adversight.evaluation.robustness.OraclePanel;
import io.adversight.evaluation.robustness.TransitionCase;
import io.adversight.evaluation.robustness.TypeOneEvaluation;
import io.adversight.evaluation.robustness.TypeOneResult;
import io.adversight.evaluation.robustness.WalkObserver;
import io.adversight.experiments.Bench;
import io.adversight.metric.similarity.Pearson;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Models;
import io.adversight.model.NetworkView;
import io.adversight.report.robustness.TypeOneJson;
import io.adversight.study.Algorithm;
import io.adversight.study.ExplanationMethods;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The networks of this study and its digits.
 *
 * @param attacked the network of the setting {@code model}
 * @param observer the others, of the settings {@code generator}, {@code oracles} and {@code
 *     method}, the last of which is CAM unless it is set
 * @param attack with {@code steps}
 * @param digits the whole set of the setting {@code images}, as the attacked network sees it
 */
record Contestants(
    GraphClassifier attacked, WalkObserver observer, TypeOne attack, DataSet digits) {
  private static final int BATCH = 20;

  /** Judges in the place of an oracle that is the attacked network. */
  private static final String SUBSTITUTE = "digits";

  static Contestants of(Bench bench) {
    GraphClassifier attacked = bench.network();
    String generator = Json.text(bench.settings(), "generator");
    List<Classifier> oracles =
        bench.names("oracles").stream()
            .map(name -> name.equals(attacked.card().name()) ? SUBSTITUTE : name)
            .<Classifier>map(bench::network)
            .toList();
    WalkObserver observer =
        new WalkObserver(
            Generators.open(new Models(bench.home()), generator, attacked),
            attacked,
            new OraclePanel(oracles),
            ExplanationMethods.create(
                Algorithm.of(bench.settings().path("method").asString("cam"))));
    DataSet all = bench.images(Json.text(bench.settings(), "images"), 0);
    return new Contestants(
        attacked,
        observer,
        new TypeOne().withGenerator(generator).withSteps(bench.count("steps")),
        NetworkView.of(all, attacked));
  }

  /** Numbers of the first images of a class that the attacked network has right. */
  List<Integer> ofClass(int label, int count) {
    int[] all = IntStream.range(0, digits.size()).filter(i -> digits.label(i) == label).toArray();
    return TransitionCase.right(attacked, digits.select(all), count).stream()
        .map(i -> all[i])
        .toList();
  }

  /** Attacks of all cases, kept in batches. */
  List<TypeOneResult> results(Bench bench, String stage, List<TransitionCase> cases) {
    TypeOneEvaluation evaluation =
        new TypeOneEvaluation(observer, attack, new Pearson(), bench.count("frames"));
    int batches = (cases.size() + BATCH - 1) / BATCH;
    List<JsonNode> parts =
        bench.each(
            stage,
            batches,
            number -> {
              List<TransitionCase> part =
                  cases.subList(number * BATCH, Math.min(cases.size(), (number + 1) * BATCH));
              ArrayNode found = Json.MAPPER.createArrayNode();
              evaluation.of(digits, part, bench.run()).forEach(r -> found.add(TypeOneJson.of(r)));
              return found;
            });
    List<TypeOneResult> results = new ArrayList<>();
    parts.forEach(part -> part.forEach(one -> results.add(TypeOneJson.read(one))));
    return results;
  }
}
