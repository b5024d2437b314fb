package io.adversight.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.adversight.data.DataSet;
import io.adversight.data.ImageList;
import io.adversight.data.Labels;
import io.adversight.image.Raster;
import io.adversight.study.image.DataSetImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkViewTest {
  private static final Raster GREY = Raster.map(8, 8, new float[64]);
  private static final ModelCard CARD =
      ModelCard.of(
          "net",
          "net.onnx",
          new Input(1, 8, 8),
          Preprocessing.none(ChannelOrder.GRAY),
          InputResize.stretch(),
          OutputKind.LOGITS,
          4,
          new LabelSource.Numbers());

  private static DataSet set(String... classes) {
    return new ImageList("set", List.of(GREY), List.of(0), List.of(classes));
  }

  @Test
  void findsAClassTheSameWayInEveryCommand() {
    Labels labels = Labels.of(List.of("zebra", "tabby", "3", "2"));
    for (String name : List.of("tabby", "Tabby", "TABBY")) {
      assertThat(NetworkView.of(set(name), CARD, labels).label(0)).isEqualTo(1);
      assertThat(new DataSetImage(set(name), 0).read(CARD, labels).label()).hasValue(1);
    }
    assertThat(NetworkView.of(set("3"), CARD, labels).label(0)).isEqualTo(2);
    assertThat(new DataSetImage(set("3"), 0).read(CARD, labels).label()).hasValue(2);
    assertThat(new DataSetImage(set("lynx"), 0).read(CARD, labels).label()).isEmpty();
    assertThat(new DataSetImage(set(), 0).read(CARD, labels).label()).hasValue(0);
  }

  @Test
  void saysWhichClassesAFolderMayMean() {
    Labels cranes = Labels.named("imagenet-1k");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DataSetImage(set("Crane"), 0).read(CARD, cranes))
        .withMessageContaining("134 (crane (bird)");
  }
}
