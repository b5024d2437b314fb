package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attacks;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.home.DataHome;
import io.adversight.lab.store.ModelStore;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.run.Run;
import io.adversight.study.image.SampleImages;
import io.adversight.tensor.Scope;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTest {
  private static LabClient lab;
  private static GraphClassifier digits;

  @TempDir static Path home;

  @BeforeAll
  static void start() {
    lab = LabClient.start(home);
    digits = new ModelStore(new DataHome(home, List.of())).open("digits");
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  static String state(double epsilon) {
    return """
    {"model":"digits","image":"s-digit-3","attack":{"id":"fgsm"},"epsilon":%s}\
    """
        .formatted(epsilon);
  }

  static String update(int request, double epsilon, String more) {
    return """
    {"type":"update","panel":"p","request":%s,"state":%s%s}\
    """
        .formatted(request, state(epsilon), more);
  }

  @Test
  void updatesAreWhatTheLibraryComputes() {
    try (LiveClient live = lab.live();
        Scope scope = Scope.open()) {
      LiveClient.Received frame = live.askLast(update(1, 0.15, ",\"resting\":true"));
      Problem problem =
          Problem.of(digits, Batches.of(List.of(SampleImages.digits().get(3).view())), List.of(3));
      Adversarial expected =
          Attacks.run(
                  new Fgsm(), problem, Norm.LINF, List.of(0.15), Attacks.Rounding.CHECK, Run.of(1))
              .get(0);
      assertThat(frame.header().path("after").path("index").asInt())
          .isEqualTo(expected.after().top());
      assertThat(frame.header().path("after").path("probability").asDouble())
          .isCloseTo(expected.after().probability(expected.after().top()), within(1e-6));
      assertThat(frame.header().path("success").asBoolean()).isEqualTo(expected.success());
      assertThat(frame.header().path("norms").path("l2").asDouble())
          .isCloseTo(expected.norms().l2(), within(1e-6));
      assertThat(frame.header().path("ssim").asDouble()).isCloseTo(expected.ssim(), within(1e-9));
      assertThat(frame.header().path("psnr").asDouble()).isCloseTo(expected.psnr(), within(1e-9));
      assertThat(frame.header().path("rounded").path("success").asBoolean())
          .isEqualTo(expected.roundedSuccess());
      int[] rgba = frame.bytes("adversarial");
      assertThat(rgba).hasSize(4 * 28 * 28);
      for (int i = 0; i < 28 * 28; i++) {
        assertThat(rgba[4 * i])
            .isEqualTo((int) Math.rint(255f * expected.changed().at(0, i / 28, i % 28)));
      }
    }
  }

  @Test
  void slidingCostsOneForwardPass() {
    try (LiveClient live = lab.live()) {
      live.askLast(update(1, 0.05, ""));
      LiveClient.Received frame = live.askLast(update(2, 0.0625, ""));
      assertThat(frame.header().path("cost").path("backwards").asInt()).isZero();
      assertThat(frame.header().path("cost").path("forwards").asInt()).isZero();
      assertThat(frame.header().path("cost").path("cachedGradient").asBoolean()).isTrue();
    }
  }
}
