package io.adversight.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.data.DataSets;
import io.adversight.data.Split;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {
  @TempDir Path folder;

  private Split parts(String dataSet) {
    return TrainingData.parts(dataSet, new DataHome(folder, List.of()), 1);
  }

  @Test
  void aPartOfASetTrainsOnItsImagesAndIsTestedOnTheWholeTestSet() {
    Split half = parts("aviary:3-7");
    DataHome home = new DataHome(folder, List.of());
    assertThat(half.first().size()).isEqualTo(5);
    assertThat(half.first().image(0)).isEqualTo(DataSets.find("aviary-train", home).image(3));
    assertThat(half.second().size()).isEqualTo(DataSets.find("aviary", home).size());
    assertThat(TrainingData.name("aviary:3-7")).isEqualTo("aviary");
  }

  @Test
  void aPartThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> parts("aviary:0-99999999"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("but 0 to 99999999 were asked for");
    assertThatThrownBy(() -> parts("aviaries:0-9"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("there is no data set \"aviaries:0-9\" to train on");
  }
}
