package io.adversight.evaluation.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.attack.SmallNetworks;
import io.adversight.data.DataSet;
import io.adversight.data.ImageList;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionCaseTest {
  /** Three classes: the brightest of the three pixels. */
  private static final Classifier BRIGHTEST =
      SmallNetworks.linear(1, 3, new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, 0, 0, 0);

  private static DataSet set(int... labels) {
    List<Raster> images = new ArrayList<>();
    List<Integer> classes = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      int bright = Math.abs(labels[i]);
      images.add(Raster.generate(1, 1, 3, (c, y, x) -> x == bright ? 1 : 0));
      classes.add(labels[i] < 0 ? 0 : labels[i]); // a negative one is labelled wrongly
    }
    return new ImageList("set", images, classes, List.of());
  }

  @Test
  void theImagesOfAClassTakeTheOthersInTurn() {
    List<TransitionCase> cases = TransitionCase.first(BRIGHTEST, set(0, 0, -1, 1, 0, 2, 0), 5);
    assertThat(cases)
        .containsExactly(
            new TransitionCase(0, 0, 1, 3, 1),
            new TransitionCase(1, 0, 2, 5, 4),
            new TransitionCase(3, 1, 2, 5, 3),
            new TransitionCase(4, 0, 1, 3, 0),
            new TransitionCase(5, 2, 0, 0, 5));
  }

  @Test
  void anEndIsLookedForBeyondTheImagesThatAreAttacked() {
    List<TransitionCase> cases = TransitionCase.first(BRIGHTEST, set(0, 0, 1, 2), 2);
    assertThat(cases).extracting(TransitionCase::end).containsExactly(2, 3);
    assertThatThrownBy(() -> TransitionCase.first(BRIGHTEST, set(0, 0, 1), 2))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("set has no image of class 2");
  }
}
