package io.adversight.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.minimal.DeepFool;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.universal.UniversalAdversarial;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class EntryTest {
  private final Entry<?> pgd = Catalog.find("pgd", Kind.BOUNDED_ATTACK);

  @Test
  void readsParametersFromTheRecord() {
    assertThat(pgd.id()).isEqualTo("pgd");
    assertThat(pgd.title()).isEqualTo("Projected gradient descent");
    assertThat(pgd.paper()).isEqualTo("madry2018");
    assertThat(pgd.parameter("steps").defaultText()).isEqualTo("40");
    assertThat(pgd.parameter("randomStart").name()).isEqualTo("random-start");
    assertThat(pgd.parameter("loss").choices()).contains("cross-entropy", "margin");
  }

  @Test
  void createsThePapersSettingWithoutChanges() {
    assertThat(pgd.create()).isEqualTo(new Pgd());
    assertThat(pgd.create(Map.of())).isEqualTo(new Pgd());
  }

  @Test
  void readsChangedParametersAsText() {
    Pgd changed =
        (Pgd) pgd.create(Map.of("steps", "7", "relative-step", "1/4", "random-start", "false"));
    assertThat(changed.steps()).isEqualTo(7);
    assertThat(changed.relativeStep()).isEqualTo(0.25);
    assertThat(changed.randomStart()).isFalse();
    assertThat(Catalog.find("fgsm", Kind.BOUNDED_ATTACK).create(Map.of("loss", "margin")))
        .isEqualTo(new Fgsm(Loss.MARGIN));
  }

  @Test
  void refusesWhatTheRecordRefuses() {
    assertThatThrownBy(() -> pgd.create(Map.of("steps", "0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pgd: steps must be at least 1, but was 0");
    assertThatThrownBy(() -> pgd.create(Map.of("steps", "many")))
        .hasMessage("pgd: steps must be an integer, but \"many\" was given");
    assertThatThrownBy(() -> pgd.create(Map.of("speed", "1")))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("pgd has no parameter \"speed\"; it has steps");
  }

  @Test
  void readsAnAlgorithmWithParametersOfItsOwn() {
    Entry<?> uap = Catalog.find("universal-adversarial", Kind.UNIVERSAL_ATTACK);
    Object made = uap.create(Map.of("inner", "deep-fool(candidates=3, overshoot=0.1)"));
    assertThat(made)
        .isEqualTo(
            new UniversalAdversarial(0.8, 10, new DeepFool(50, 0.1, 3, DeepFool.Variant.PAPER)));
    assertThatThrownBy(() -> uap.create(Map.of("inner", "deep-fool(3)")))
        .hasMessageContaining("written as deep-fool(name=value");
    assertThatThrownBy(() -> uap.create(Map.of("inner", "deep-fool(candidates=1)")))
        .hasMessageContaining("candidates must be at least 2");
    assertThatThrownBy(() -> uap.create(Map.of("inner", "pgd")))
        .hasMessageContaining("inner must be one of deep-fool");
  }

  @Test
  void findsRangesByAskingTheRecord() {
    assertThat(pgd.range(pgd.parameter("steps"))).isEqualTo("at least 1");
    assertThat(pgd.range(pgd.parameter("relative-step"))).isEqualTo("at least 0");
    Entry<?> bim = Catalog.find("bim", Kind.BOUNDED_ATTACK);
    assertThat(bim.range(bim.parameter("relative-step"))).isEqualTo("above 0");
    assertThat(pgd.range(pgd.parameter("random-start"))).isEqualTo("true, false");
    Entry<?> smoothing = Catalog.find("translation-invariance", Kind.GRADIENT_TRANSFORM);
    assertThat(smoothing.range(smoothing.parameter("kernel-size"))).isEqualTo("1 to 255");
  }

  @Test
  void findsIdsWhateverTheirCaseAndHyphens() {
    assertThat(Catalog.find("GradCAM", Kind.ATTRIBUTION).id()).isEqualTo("grad-cam");
    assertThatThrownBy(() -> Catalog.find("pdg", Kind.BOUNDED_ATTACK))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageStartingWith("unknown attack \"pdg\"; did you mean pgd")
        .hasMessageContaining("there are fgsm");
  }

  @Test
  void idsAreUniqueWithinAKind() {
    for (Kind kind : Kind.values()) {
      List<String> ids = Catalog.entries(kind).stream().map(Entry::id).toList();
      assertThat(ids).doesNotHaveDuplicates();
    }
  }

  @Test
  void readsFractionsAsNumbers() {
    assertThat(Numbers.read("8/255")).isEqualTo(8.0 / 255);
    assertThat(Numbers.read("1e-3")).isEqualTo(0.001);
    for (String wrong : List.of("", "x", "1/0", "NaN", "1/2/3", "0x1p3")) {
      assertThatThrownBy(() -> Numbers.read(wrong)).isInstanceOf(NumberFormatException.class);
    }
  }
}
