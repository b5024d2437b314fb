package io.adversight.cli;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.universal.UniversalAttack;
import io.adversight.catalog.Kind;
import io.adversight.data.DataSet;
import io.adversight.data.Split;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.study.Algorithm;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What commands that make a universal change have in common. */
final class UniversalOptions {
  static final AlgorithmOptions.Naming ATTACK =
      new AlgorithmOptions.Naming(
          "--attack", "universal-adversarial", List.of(Kind.UNIVERSAL_ATTACK));

  @Mixin ModelOptions model = new ModelOptions();

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      description = "from: adversight catalog (default: universal-adversarial)")
  String attack = ATTACK.defaults();

  @Mixin BallOptions ball = new BallOptions();

  @Option(
      names = "--made-on",
      paramLabel = "N",
      converter = AtLeastOne.class,
      description =
          "the change is made on N images drawn by the seed, and also measured on the others"
              + " (default: half of them)")
  @Nullable Integer madeOn;

  @Mixin DataOptions data = new DataOptions();
  @Mixin OutputOptions output = new OutputOptions();

  /**
   * What is to be made.
   *
   * @param seen images that the change is made on, as the network sees them
   * @param unseen the others
   */
  record Task(
      GraphClassifier classifier,
      Algorithm algorithm,
      UniversalAttack attack,
      Ball ball,
      DataSet seen,
      DataSet unseen) {}

  Task task(DataHome home, CommandSpec spec) {
    Algorithm algorithm = AlgorithmOptions.only(spec, ATTACK, attack);
    ball.check();
    UniversalAttack made = made(algorithm);
    DataSet all = data.open(home);
    if (all.size() < 2) {
      throw new InputException(
          "a universal change needs at least two images: one to be made on, one to be tried on");
    }
    Split split = all.split(madeOn == null ? all.size() / 2 : madeOn, output.seed);
    GraphClassifier classifier = model.open(home);
    Ball size = new Ball(ball.norm, ball.onlyEpsilon(classifier.card().input()));
    return new Task(
        classifier,
        algorithm,
        made,
        size,
        NetworkView.of(split.first(), classifier),
        NetworkView.of(split.second(), classifier));
  }

  private UniversalAttack made(Algorithm algorithm) {
    UniversalAttack made = algorithm.create(UniversalAttack.class, Kind.UNIVERSAL_ATTACK);
    try {
      made.check(ball.norm);
    } catch (InputException e) {
      throw new InputException(algorithm.id() + ": " + e.getMessage(), e);
    }
    return made;
  }
}
