package io.adversight.junit;

import io.adversight.Adversight;
import io.adversight.Model;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Ball;
import io.adversight.catalog.Kind;
import io.adversight.catalog.Numbers;
import io.adversight.describe.Check;
import io.adversight.input.InputException;
import io.adversight.metric.numeric.Interval;
import io.adversight.metric.numeric.Proportion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Measures a model and compares its robust accuracy with what is asked for. */
final class RobustAccuracyCheck implements BeforeTestExecutionCallback, ParameterResolver {
  private final RobustAccuracy guard;
  private io.adversight.attack.@Nullable RobustAccuracy measured;

  RobustAccuracyCheck(RobustAccuracy guard) {
    this.guard = guard;
  }

  /** The name of the test. */
  static String name(RobustAccuracy guard) {
    return String.format(
        Locale.ROOT,
        "%s keeps a robust accuracy of %.1f %% under %s at %s (%s)",
        guard.model(),
        100 * guard.atLeast(),
        Parameters.algorithm(guard.attack(), guard.parameters()),
        guard.epsilon(),
        guard.norm());
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    Check.within(0.0, 1.0, guard.atLeast(), "atLeast");
    BoundedAttack attack =
        Parameters.algorithm(guard.attack(), guard.parameters())
            .create(BoundedAttack.class, Kind.BOUNDED_ATTACK);
    Ball ball = new Ball(guard.norm(), epsilon());
    Model model = OpenModels.of(guard.model(), context);
    io.adversight.attack.RobustAccuracy found =
        model.robustAccuracy(attack, Adversight.data(guard.data()).take(guard.images()), ball);
    measured = found;
    if (found.ofAll().value() < guard.atLeast()) {
      Assertions.fail(failure(found));
    }
  }

  private double epsilon() {
    try {
      double epsilon = Numbers.read(guard.epsilon());
      Epsilon.check(guard.norm(), epsilon);
      return epsilon;
    } catch (NumberFormatException e) {
      throw new InputException(
          "epsilon must be a number such as 8/255, but was \"%s\"".formatted(guard.epsilon()), e);
    }
  }

  private String failure(io.adversight.attack.RobustAccuracy found) {
    Proportion robust = found.ofAll();
    Interval interval = robust.wilson();
    return String.format(
        Locale.ROOT,
        "the robust accuracy of %s under %s at %s (%s) must be at least %.1f %%, but is %.1f %%:"
            + " %d of %d images of %s, 95 %% confidence interval %.1f to %.1f %%; without an attack"
            + " the accuracy is %.1f %%",
        guard.model(),
        Parameters.algorithm(guard.attack(), guard.parameters()),
        guard.epsilon(),
        guard.norm(),
        100 * guard.atLeast(),
        100 * robust.value(),
        robust.successes(),
        robust.trials(),
        guard.data(),
        100 * interval.low(),
        100 * interval.high(),
        100 * found.clean().value());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == io.adversight.attack.RobustAccuracy.class;
  }

  @Override
  public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return measured;
  }
}
