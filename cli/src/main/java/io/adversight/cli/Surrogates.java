package io.adversight.cli;

import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.KnownModel;
import io.adversight.model.ModelCard;
import io.adversight.model.Models;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The networks whose adversarial examples are shown to a network: those that were named, or the
 * others that are evaluated, or some embedded ones.
 *
 * @param model how networks are opened
 * @param named by the user; null if none was named, empty for no transfer attacks
 */
record Surrogates(DataHome home, ModelOptions model, @Nullable List<String> named) {
  private static final int EMBEDDED = 2;

  /** The surrogates of a network. */
  List<Classifier> of(GraphClassifier network, List<GraphClassifier> evaluated) {
    List<Classifier> all = new ArrayList<>();
    if (named != null) {
      named.stream()
          .map(String::strip)
          .filter(name -> !name.equals("none") && !name.isEmpty())
          .forEach(name -> all.add(alike(network, model.openOther(home, name))));
      return all;
    }
    evaluated.stream().filter(other -> isAlike(network, other)).forEach(all::add);
    if (all.isEmpty()) {
      new Models(home)
          .list().stream()
              .filter(known -> known.state() == KnownModel.State.EMBEDDED)
              .filter(known -> mayBeAlike(network.card(), known.card()))
              .map(known -> model.openOther(home, known.id()))
              .filter(other -> isAlike(network, other))
              .limit(EMBEDDED)
              .forEach(all::add);
    }
    return all;
  }

  private static boolean mayBeAlike(ModelCard card, ModelCard other) {
    return other.input().equals(card.input()) && other.classes() == card.classes();
  }

  private static boolean isAlike(Classifier network, Classifier other) {
    return !other.card().sha256().equals(network.card().sha256())
        && other.card().input().equals(network.card().input())
        && other.labels().names().equals(network.labels().names());
  }

  private static Classifier alike(Classifier network, Classifier other) {
    if (!isAlike(network, other)) {
      throw new InputException(
          "--surrogate takes other networks with the classes and the input size of %s, which %s is"
                  .formatted(network.card().nameInResults(), other.card().nameInResults())
              + " not");
    }
    return other;
  }
}
