package io.adversight.report.evaluation;

import io.adversight.report.format.Block;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The page of a robustness report: a summary of one page, then the details. */
final class EvaluationPage {
  private final EvaluationView view;

  EvaluationPage(EvaluationView view) {
    this.view = view;
  }

  HtmlPage page(JsonNode identity, JsonNode result) {
    String names = String.join(", ", view.names());
    return new HtmlPage(
        "Robustness of " + names,
        Facts.of(identity),
        blocks(),
        result,
        view.isSingle() ? names : "",
        view.isSingle() ? view.first().card().sha256() : "");
  }

  private List<Block> blocks() {
    NormSection norms = new NormSection(view);
    ConvergenceSection convergence = new ConvergenceSection(view);
    return List.of(
        new Block.Group(
            Block.Layout.SHEET, new Block.Section("Summary", new SummarySection(view).blocks())),
        new Block.Section("Threat model and provenance", new ThreatModelSection(view).blocks()),
        new Block.Section("Attacks", new AttackSection(view).blocks()),
        new Block.Section("Minimum norms", norms.quantiles()),
        new Block.Section("Growing balls", convergence.growth()),
        new Block.Section("Convergence", convergence.iterations()),
        new Block.Section("Corruptions", new CorruptionSection(view).blocks()),
        new Block.Section("Explanations under attack", new ExplanationSection(view).blocks()),
        new Block.Section("Certified bounds", new BoundSection(view).blocks()),
        new Block.Section("Images", norms.images()));
  }
}
