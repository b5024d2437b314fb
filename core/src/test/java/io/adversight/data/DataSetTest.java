package io.adversight.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataSetTest {
  private final DataSet set =
      new ByteImages(
          "numbers",
          1,
          1,
          1,
          new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
          new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
          Labels.named("digits").names());

  private static List<Integer> labels(DataSet set) {
    return IntStream.range(0, set.size()).map(set::label).boxed().toList();
  }

  @Test
  void takesTheFirstImages() {
    assertThat(labels(set.take(3))).containsExactly(0, 1, 2);
    assertThat(set.take(100)).isSameAs(set);
    assertThat(set.take(3).imageName(2)).isEqualTo("00002");
    assertThatIllegalArgumentException().isThrownBy(() -> set.take(0));
  }

  @Test
  void keepsImageAndLabelTogether() {
    DataSet shuffled = set.shuffled(5);
    assertThat(labels(shuffled)).containsExactlyInAnyOrderElementsOf(labels(set));
    assertThat(labels(shuffled)).isNotEqualTo(labels(set)).isEqualTo(labels(set.shuffled(5)));
    assertThat(labels(shuffled)).isNotEqualTo(labels(set.shuffled(6)));
    for (int i = 0; i < shuffled.size(); i++) {
      assertThat(shuffled.image(i).at(0, 0, 0)).isEqualTo(shuffled.label(i) / 255f);
    }
  }

  @Test
  void splitsWithoutOverlap() {
    Split split = set.split(7, 1);
    assertThat(split.first().size()).isEqualTo(7);
    List<Integer> both = new ArrayList<>(labels(split.first()));
    both.addAll(labels(split.second()));
    assertThat(both).containsExactlyInAnyOrderElementsOf(labels(set));
    assertThatIllegalArgumentException().isThrownBy(() -> set.split(10, 1));
  }
}
