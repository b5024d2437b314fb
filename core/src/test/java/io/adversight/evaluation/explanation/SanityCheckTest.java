package io.adversight.evaluation.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Networks;
import io.adversight.attribution.cam.EigenCam;
import io.adversight.attribution.gradient.Gradient;
import io.adversight.metric.similarity.Spearman;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What remains of explanations when layers forget. */
class SanityCheckTest {
  private static List<SanityCheck.Row> rows(Attribution method) {
    return new SanityCheck(Map.of("spearman", new Spearman()))
        .report(
            method,
            Networks.formula(),
            Networks.formulaInput(),
            Objective.Logit.of(3),
            new Rng(0),
            Run.of(1))
        .rows();
  }

  @Test
  void layersForgetFromTheLastOnAndOneAtATime() {
    assertThat(rows(new Gradient()).stream().map(r -> r.randomization() + " " + r.layer()))
        .containsExactly(
            "CASCADING fc",
            "CASCADING conv2",
            "CASCADING conv1",
            "INDEPENDENT fc",
            "INDEPENDENT conv2",
            "INDEPENDENT conv1");
  }

  @Test
  void gradientNoticesEveryRandomLayer() {
    assertThat(rows(new Gradient()))
        .allSatisfy(row -> assertThat(row.similarity().get("spearman")).isLessThan(0.9));
  }

  @Test
  void eigenCamDoesNotNoticeThatTheHeadIsRandom() {
    // It looks at activations only: behind its layer nothing matters, and the check says so.
    List<SanityCheck.Row> rows = rows(new EigenCam());
    assertThat(rows.get(0).similarity().get("spearman")).isEqualTo(1);
    assertThat(rows.get(2).similarity().get("spearman")).isLessThan(0.9);
  }
}
