package io.adversight.experiments.lecture;

import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.model.GraphClassifier;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import io.adversight.training.Recipe;
import io.adversight.training.loss.AdversarialObjective;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lecture's numbers of adversarial training on MNIST (Goodfellow et al. 2015, section 6): a
 * maxout network trained on clean images, and one trained half on images of FGSM.
 */
public final class LectureAdversarialTraining implements Experiment {
  private static final int BATCH = 100;

  @Override
  public String name() {
    return "lecture-adversarial-training";
  }

  @Override
  public void measure(Bench bench) {
    double epsilon = bench.setting("epsilon");
    Recipe standard =
        Recipe.named(Json.text(bench.settings(), "recipe")).withEpochs(bench.count("epochs"));
    Recipe attacked =
        standard.adversarial(AdversarialObjective.FGSM, Norm.LINF, epsilon, OptionalInt.empty());
    Map<String, GraphClassifier> networks = new LinkedHashMap<>();
    networks.put("standard", bench.trained("standard", standard));
    networks.put("adversarial", bench.trained("adversarial", attacked));
    List<String> names = List.copyOf(networks.keySet());
    DataSet test = DataSets.find("mnist", bench.home());
    List<JsonNode> parts =
        bench.each("clean", Digits.batches(test, BATCH), b -> clean(test, b, networks));
    List<Double> clean = ErrorTable.Row.of("clean", parts, names).rates();
    for (int n = 0; n < names.size(); n++) {
      bench.number("clean error, " + names.get(n), clean.get(n));
    }
    DataSet images = bench.images();
    MadeOnEach fgsm = made(bench, images, new Fgsm(), networks);
    report(bench, "FGSM", fgsm);
    report(bench, "PGD", made(bench, images, new Pgd(bench.count("steps"), 0.1, true), networks));
    bench.number("images", images.size());
    bench.image("images", "FGSM images of both networks", fgsm::sheet);
  }

  private static void report(Bench bench, String name, MadeOnEach made) {
    made.errors(bench, name, name + " error")
        .report(bench, "Error under %s at epsilon %s".formatted(name, bench.setting("epsilon")));
  }

  private static MadeOnEach made(
      Bench bench, DataSet images, BoundedAttack attack, Map<String, GraphClassifier> networks) {
    return new MadeOnEach(
        images, networks, (digits, network) -> changed(bench, digits, attack, network));
  }

  private static ObjectNode clean(DataSet test, int number, Map<String, GraphClassifier> networks) {
    try (Scope scope = Scope.open()) {
      Digits digits = Digits.batch(test, number, BATCH);
      return digits.counts(digits.pixels(), networks);
    }
  }

  private static Tensor changed(
      Bench bench, Digits digits, BoundedAttack attack, GraphClassifier network) {
    Tensor pixels = digits.pixels();
    Problem problem = Problem.of(network, pixels, digits.labels());
    return Attacks.changed(
        attack, problem, Norm.LINF, bench.setting("epsilon"), Run.of(bench.rng(), pixels));
  }
}
