package io.adversight.study.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.data.AviarySet;
import io.adversight.data.Labels;
import io.adversight.image.Raster;
import io.adversight.model.ChannelOrder;
import io.adversight.model.Input;
import io.adversight.model.InputResize;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.OutputKind;
import io.adversight.model.Preprocessing;
import io.adversight.study.image.DataSetImage;
import io.adversight.study.image.InputImage;
import io.adversight.study.image.SampleImages;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectSharesTest {
  private static final Raster LEFT = Raster.map(2, 2, new float[] {1, 0, 1, 0});
  private static final Raster CORNER = Raster.map(2, 2, new float[] {0, 0, 0, 0.9f});

  @Test
  void positiveValuesOnAnObjectCount() {
    Raster map = Raster.map(2, 2, new float[] {3, 1, -5, 6});
    assertThat(ObjectShares.of(map, Map.of("left", LEFT, "corner", CORNER)))
        .containsEntry("left", 0.3)
        .containsEntry("corner", 0.6);
  }

  @Test
  void anEvenMapHasTheSharesOfTheAreas() {
    assertThat(ObjectShares.ofArea(Map.of("left", LEFT, "corner", CORNER)))
        .containsEntry("left", 0.5)
        .containsEntry("corner", 0.25);
  }

  @Test
  void imagesOfBirdsKnowBirdAndDecidingPart() {
    AviarySet set = new AviarySet("birds", 7, 1, 64);
    LabelSource names = new LabelSource.Inline(set.classNames());
    InputImage image = new DataSetImage(set, 3).read(card(32, names), labels(set));
    assertThat(image.objects()).containsOnlyKeys("bird", "discriminative part");
    double drawn =
        ObjectShares.ofArea(Map.of("bird", set.mask(3, "bird"))).getOrDefault("bird", 0.0);
    Map<String, Double> seen = ObjectShares.ofArea(image.objects());
    assertThat(seen.get("bird")).isCloseTo(drawn, within(0.02)).isGreaterThan(0.02);
    assertThat(seen.get("discriminative part")).isLessThan(seen.get("bird"));
    assertThat(image.objects().values())
        .allSatisfy(mask -> assertThat(mask.height()).isEqualTo(32));
    assertThat(SampleImages.birds().get(0).objects())
        .containsOnlyKeys("bird", "discriminative part");
  }

  private static Labels labels(AviarySet set) {
    return Labels.of(set.classNames());
  }

  private static ModelCard card(int side, LabelSource names) {
    return ModelCard.of(
        "net",
        "net.onnx",
        new Input(3, side, side),
        Preprocessing.none(ChannelOrder.RGB),
        InputResize.stretch(),
        OutputKind.LOGITS,
        12,
        names);
  }
}
