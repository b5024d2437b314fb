package io.adversight.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.Adversight;
import io.adversight.Image;
import io.adversight.Model;
import io.adversight.attribution.cam.GradCam;
import io.adversight.data.DrawnDigits;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult.Status;

class MapStaysTest {
  private static final String FOLDER = "target/map-stays/";
  private static final String IMAGE = FOLDER + "three.npy";
  private static final String GOLDEN = FOLDER + "golden/three.npy";

  /** Guards of one map. */
  static class Guarded {
    @MapStays(model = "digits", image = IMAGE, golden = GOLDEN)
    void staysTheSame() {}

    @MapStays(model = "digits", image = IMAGE, golden = GOLDEN, label = "8", atLeast = 0.9)
    void ofAnotherClass() {}

    @MapStays(
        model = "digits",
        image = IMAGE,
        golden = GOLDEN,
        method = "gradient",
        similarity = "ssim")
    void byAnotherMethod() {}

    @MapStays(model = "digits", image = IMAGE, golden = FOLDER + "golden/three.png")
    void goldenImage() {}

    @MapStays(
        model = "digits",
        image = FOLDER + "black.npy",
        golden = GOLDEN,
        method = "input-x-gradient")
    void emptyMap() {}
  }

  @BeforeEach
  void drawThree() throws IOException {
    Files.createDirectories(Path.of(FOLDER));
    Files.deleteIfExists(Path.of(GOLDEN));
    new Image(DrawnDigits.draw(3, 0)).save(Path.of(IMAGE));
    Image.of(1, 28, 28, new float[28 * 28]).save(Path.of(FOLDER + "black.npy"));
  }

  private static Launched run(String method, String golden) {
    List<Launched> ended =
        Launched.run(
            Guarded.class,
            method,
            golden.isEmpty() ? Map.of() : Map.of("adversight.golden", golden));
    assertThat(ended).hasSize(1);
    return ended.get(0);
  }

  @Test
  void asksForTheGoldenMapUntilItIsWritten() {
    Launched without = run("staysTheSame", "");
    assertThat(without.status()).isEqualTo(Status.FAILED);
    assertThat(without.message()).contains(GOLDEN).contains("-Dadversight.golden=write");
    assertThat(Path.of(GOLDEN)).doesNotExist();

    Launched writing = run("staysTheSame", "write");
    assertThat(writing.status()).isEqualTo(Status.ABORTED);
    assertThat(writing.message()).startsWith("wrote " + GOLDEN);
    assertThat(Image.read(Path.of(FOLDER + "golden/three.png")).channels()).isEqualTo(3);

    assertThat(run("staysTheSame", "").status()).isEqualTo(Status.SUCCESSFUL);
    assertThat(run("staysTheSame", "write").status()).isEqualTo(Status.SUCCESSFUL);
  }

  @Test
  void writesTheMapThatTheModelGives() {
    assertThat(run("staysTheSame", "write").status()).isEqualTo(Status.ABORTED);
    try (Model model = Adversight.open("digits")) {
      assertThat(Npy.read(Path.of(GOLDEN)))
          .isEqualTo(model.explain(new GradCam(), Image.read(Path.of(IMAGE))).values());
    }
  }

  @Test
  void failsWhereTheMapMoved() {
    assertThat(run("staysTheSame", "write").status()).isEqualTo(Status.ABORTED);

    Launched other = run("ofAnotherClass", "");
    assertThat(other.status()).isEqualTo(Status.FAILED);
    assertThat(other.message())
        .contains("grad-cam map of digits for " + IMAGE + " (class 8)")
        .contains("at least 0.900")
        .contains("-Dadversight.golden=rewrite");
    assertThat(run("byAnotherMethod", "").message()).contains("similarity (ssim)");

    assertThat(run("ofAnotherClass", "rewrite").status()).isEqualTo(Status.ABORTED);
    assertThat(run("ofAnotherClass", "").status()).isEqualTo(Status.SUCCESSFUL);
    assertThat(run("staysTheSame", "").status()).isEqualTo(Status.FAILED);
  }

  @Test
  void refusesAGoldenMapOfAnotherSize() throws IOException {
    Files.createDirectories(Path.of(FOLDER, "golden"));
    Npy.writeMap(Raster.map(2, 3, new float[6]), Path.of(GOLDEN));

    assertThat(run("staysTheSame", "").message()).contains("(1, 2, 3)").contains("(1, 28, 28)");
  }

  @Test
  void refusesWhatCannotGuard() {
    assertThat(run("goldenImage", "").message()).contains("must be an .npy file");
    assertThat(run("staysTheSame", "yes").message()).contains("write or rewrite");
    Launched empty = run("emptyMap", "write");
    assertThat(empty.status()).isEqualTo(Status.FAILED);
    assertThat(empty.message()).contains("the same value everywhere");
    assertThat(Path.of(GOLDEN)).doesNotExist();
  }
}
