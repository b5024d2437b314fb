package io.adversight.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attribution.cam.Cam;
import io.adversight.attribution.cam.GradCam;
import io.adversight.attribution.cam.GradCamPlusPlus;
import io.adversight.attribution.cam.GuidedGradCam;
import io.adversight.attribution.cam.HiResCam;
import io.adversight.attribution.cam.LayerCam;
import io.adversight.attribution.cam.XGradCam;
import io.adversight.attribution.gradient.Deconvnet;
import io.adversight.attribution.gradient.Gradient;
import io.adversight.attribution.gradient.GuidedBackpropagation;
import io.adversight.attribution.gradient.InputXGradient;
import io.adversight.model.Classifier;
import io.adversight.model.Input;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How many passes a panel of methods costs. */
class SharedPassesTest {
  private static final List<Attribution> PANEL =
      List.of(
          new Gradient(),
          new InputXGradient(),
          new GradCam(),
          new GradCamPlusPlus(),
          new LayerCam(),
          new XGradCam(),
          new HiResCam(),
          new Cam());

  private static Trace explained(List<Attribution> methods) {
    Classifier classifier = Networks.pooledFormula();
    Set<String> wanted = new LinkedHashSet<>();
    methods.forEach(method -> wanted.addAll(method.gradientsAt(classifier)));
    Trace trace = classifier.trace(Networks.formulaInput(), wanted);
    for (Attribution method : methods) {
      try (Scope inner = Scope.open()) {
        method.attribute(trace, new Objective.Logit(List.of(0)), Run.of(1));
      }
    }
    return trace;
  }

  @Test
  void eightMapsCostOneForwardAndOneBackwardPass() {
    try (Scope scope = Scope.open()) {
      Trace trace = explained(PANEL);
      assertThat(trace.forwards()).isEqualTo(1);
      assertThat(trace.backwards()).isEqualTo(1);
    }
  }

  @Test
  void fewLargeImagesAndManySmallOnesAreFollowedBackTogether() {
    assertThat(Variants.followedBack(new Input(3, 224, 224))).isEqualTo(4);
    assertThat(Variants.followedBack(new Input(3, 299, 299))).isEqualTo(2);
    assertThat(Variants.followedBack(new Input(3, 1024, 1024))).isEqualTo(1);
    assertThat(Variants.followedBack(new Input(3, 32, 32))).isEqualTo(16);
  }

  @Test
  void guidedMethodsCostOnePassMoreEach() {
    try (Scope scope = Scope.open()) {
      List<Attribution> more = new ArrayList<>(PANEL);
      more.add(new GuidedBackpropagation());
      more.add(new GuidedGradCam());
      more.add(new Deconvnet());
      Trace trace = explained(more);
      assertThat(trace.forwards()).isEqualTo(3);
      assertThat(trace.backwards()).isEqualTo(3);
    }
  }

  @Test
  void classActivationIsRecordedFromItsLayerOnWithTheSameGradient() {
    try (Scope scope = Scope.open()) {
      Classifier classifier = Networks.pooledFormula();
      Objective objective = new Objective.Logit(List.of(0));
      List<String> layers = new GradCam().gradientsAt(classifier);
      String layer = layers.get(0);
      Trace narrow = classifier.trace(Networks.formulaInput(), layers);
      Trace whole = classifier.trace(Networks.formulaInput());
      assertThat(narrow.gradient(layer, objective).toFloats())
          .containsExactly(whole.gradient(layer, objective).toFloats());
      assertThat(narrow.forwards()).isEqualTo(1);
      assertThat(narrow.gradient(Trace.PIXELS, objective).toFloats())
          .containsExactly(whole.gradient(Trace.PIXELS, objective).toFloats());
      assertThat(narrow.forwards()).as("the pixels were not announced").isEqualTo(2);
      assertThat(whole.forwards()).isEqualTo(1);
    }
  }
}
