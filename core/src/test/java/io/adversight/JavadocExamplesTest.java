package io.adversight;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attack.AttackNetworks;
import io.adversight.attack.Attacks;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.cam.GradCam;
import io.adversight.attribution.gradient.IntegratedGradients;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Progress;
import io.adversight.run.Run;
import io.adversight.study.ImageResult;
import io.adversight.study.Study;
import io.adversight.study.StudySpec;
import io.adversight.study.image.InputImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The examples in the Javadoc of the entry points are compiled and, where it is quick, run here.
 */
class JavadocExamplesTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)<pre>\\{@code(.*?)\\}</pre>");

  @Test
  void attackAndExplain() {
    try (Scope scope = Scope.open()) {
      Classifier classifier = AttackNetworks.f8();
      Tensor pixels = AttackNetworks.f8Input();
      List<Integer> labels = List.of((int) classifier.logits(pixels).argmax(1).toLongs()[0]);
      assertThat(attack(classifier, pixels, labels)).hasSize(1);
      assertThat(explain(classifier, pixels, labels)).hasSize(2);
    }
  }

  private static List<io.adversight.attack.Adversarial> attack(
      Classifier classifier, Tensor pixels, List<Integer> labels) {
    Problem problem = Problem.of(classifier, pixels, labels); // (N, C, H, W) in [0, 1]
    List<io.adversight.attack.Adversarial> results =
        Attacks.run(
            new Pgd(),
            problem,
            Norm.LINF,
            List.of(8 / 255.0),
            Attacks.Rounding.CHECK,
            Run.of(problem.size()));
    return results;
  }

  private static List<List<io.adversight.attribution.Heatmap>> explain(
      Classifier classifier, Tensor pixels, List<Integer> labels) {
    List<List<io.adversight.attribution.Heatmap>> maps =
        Attributions.run(
            List.of(new GradCam(), new IntegratedGradients()),
            classifier,
            pixels, // (N, C, H, W) in [0, 1]
            new Objective.Logit(labels),
            Run.of(labels.size()));
    return maps;
  }

  static List<ImageResult> study(StudySpec spec, Classifier classifier, List<InputImage> images) {
    List<ImageResult> results = new ArrayList<>();
    new Study(spec, classifier).run(images, results::add, Progress.SILENT, new AtomicBoolean());
    return results;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"attack/Attacks.java", "attribution/Attributions.java", "study/Study.java"})
  void areThoseOfTheJavadoc(String file) throws IOException {
    String here = plain(Files.readString(source("test", "JavadocExamplesTest.java")));
    Matcher example = EXAMPLE.matcher(Files.readString(source("main", file)));
    assertThat(example.find()).isTrue();
    assertThat(here).contains(plain(example.group(1).replaceAll("(?m)^ \\* ?", "")));
  }

  private static Path source(String kind, String file) {
    return Path.of("src", kind, "java", "io", "adversight").resolve(file);
  }

  private static String plain(String code) {
    return code.replaceAll("io\\.adversight\\.(attack|attribution)\\.(?=[A-Z])", "")
        .replaceAll("\\s", "");
  }
}
