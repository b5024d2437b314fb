package io.adversight.lab.panel;

import io.adversight.attack.Attack;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.input.InputException;
import io.adversight.lab.store.OpenNetwork;
import io.adversight.model.GraphClassifier;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import java.util.List;
import java.util.OptionalInt;

/**
 * A panel's state, resolved and validated.
 *
 * @param subject the image as the network sees it
 * @param choice the attack as the user named it
 * @param attack the attack itself
 * @param epsilon of bounded attacks
 * @param label the true class
 * @param target the target class, if any
 * @param opened the network without the defences in front of it
 * @param attacked the image at the network whose gradients the attack takes: the one behind the
 *     defences, or the one without them for an attack that does not know them
 */
public record PanelRequest(
    Subject subject,
    AlgorithmChoice choice,
    Attack attack,
    Norm norm,
    double epsilon,
    int label,
    OptionalInt target,
    long seed,
    OpenNetwork opened,
    Subject attacked) {

  public PanelRequest {
    if (!(epsilon >= 0)) {
      throw new InputException("epsilon must be at least 0, but was " + epsilon);
    }
    checkClass(subject, label, "label");
    target.ifPresent(index -> checkClass(subject, index, "target"));
    if (target.isPresent() && target.getAsInt() == label) {
      throw new InputException(
          "the target is the class to be left, %s; choose another"
              .formatted(subject.classifier().labels().name(label)));
    }
  }

  private static void checkClass(Subject subject, int index, String name) {
    int classes = subject.classifier().card().classes();
    if (index < 0 || index >= classes) {
      throw new InputException(
          "%s %s does not exist; the network has classes 0 to %s"
              .formatted(name, index, classes - 1));
    }
  }

  /** The network without the defences in front of it. */
  public GraphClassifier network() {
    return opened.classifier();
  }

  /** Whether the attack knows the defences; so does one that meets none. */
  public boolean isAdaptive() {
    return attacked.classifier().equals(classifier());
  }

  /** The network that is attacked and explained, behind its defences if there are any. */
  public GraphClassifier classifier() {
    return subject.classifier();
  }

  /** A fresh run over its image, with the randomness that commands give this image. */
  public Run run() {
    return Run.of(new Rng(seed), List.of(subject.view()));
  }

  /** Whether the attack has a ball, whose size the slider moves. */
  public boolean isBounded() {
    return attack instanceof BoundedAttack;
  }

  /** The attack's problem in the current scope, with all cached gradients. */
  public Problem problem() {
    return attacked.problem(label, target);
  }

  /** The same with another size of the ball. */
  public PanelRequest withEpsilon(double other) {
    return new PanelRequest(
        subject, choice, attack, norm, other, label, target, seed, opened, attacked);
  }
}
