package io.adversight.report.evaluation;

import io.adversight.model.ModelCard;
import io.adversight.report.format.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is assumed of the attacker, and where the networks come from. */
final class ThreatModelSection {
  private final EvaluationView view;

  ThreatModelSection(EvaluationView view) {
    this.view = view;
  }

  List<Block> blocks() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(view.row("network", n -> n.card().title()));
    rows.add(view.row("defence", n -> said(n.card().in().defense(), "none")));
    rows.add(view.row("gradients", n -> said(n.probe().gradients(), "the network's own")));
    rows.add(view.row("extra training data", n -> said(n.card().extraData(), "not stated")));
    rows.add(view.row("source", n -> said(n.card().source(), "not stated")));
    rows.add(view.row("licence", n -> said(n.card().licence(), "not stated")));
    rows.add(view.row("note", n -> said(n.card().note(), EvaluationView.NONE)));
    rows.add(view.row("input", n -> input(n.card())));
    rows.add(view.row("SHA-256", n -> said(n.card().sha256(), "not known")));
    return List.of(
        new Block.NamedValues(assumptions(), true),
        new Block.Table(view.header(""), rows, 1 + view.networks().size()));
  }

  /** What is assumed of the attacker. */
  private Map<String, String> assumptions() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "perturbation",
        "%s, %s; pixels stay in [0, 1]"
            .formatted(
                view.spec().norm(),
                view.spec().epsilons().stream().map(view::at).collect(Collectors.joining(", "))));
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
}
