package io.adversight.cli;

import io.adversight.attack.problem.Norm;
import io.adversight.home.DataHome;
import io.adversight.model.KnownModel;
import io.adversight.model.Models;
import io.adversight.training.Recipe;
import io.adversight.training.data.TrainingData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The embedded networks whose recipes train on the same data set.
 *
 * @param data the data set
 * @param networks their names
 */
record EmbeddedFamily(String data, List<String> networks) {
  EmbeddedFamily {
    networks = List.copyOf(networks);
  }

  /** All of them, in the order of the catalogue of models. */
  static List<EmbeddedFamily> all(DataHome home) {
    Map<String, List<String>> byData = new LinkedHashMap<>();
    for (KnownModel known : new Models(home).list()) {
      if (known.state() == KnownModel.State.EMBEDDED) {
        String data = TrainingData.name(Recipe.named(known.id()).dataSet());
        byData.computeIfAbsent(data, each -> new ArrayList<>()).add(known.id());
      }
    }
    return byData.entrySet().stream()
        .map(entry -> new EmbeddedFamily(entry.getKey(), entry.getValue()))
        .toList();
  }

  /**
   * The sizes of the ball in LINF that the literature takes on such images: 0.3 on MNIST (Madry et
   * al. 2018), 8/255 on images in colour, and smaller ones for networks that were not trained
   * against attacks. Checks are made at the first.
   */
  List<Double> epsilons() {
    return BallOptions.parse(data.equals("mnist") ? "0.3,0.1" : "2/255,8/255", Norm.LINF);
  }
}
