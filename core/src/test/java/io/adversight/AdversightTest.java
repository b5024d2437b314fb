package io.adversight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.Attacks;
import io.adversight.attack.RobustAccuracy;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.minimal.DeepFool;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attack.transform.BlurSearch;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.cam.GradCam;
import io.adversight.attribution.gradient.Gradient;
import io.adversight.data.DataSet;
import io.adversight.data.DrawnDigits;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.model.ChannelOrder;
import io.adversight.model.Classifier;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.model.Objective;
import io.adversight.model.Preprocessing;
import io.adversight.run.Run;
import io.adversight.study.image.SampleImages;
import io.adversight.tensor.Device;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdversightTest {
  private static final double EPSILON = 0.15;
  private static final Ball BALL = new Ball(Norm.LINF, EPSILON);
  private static final Fgsm FGSM = new Fgsm();
  private static final Pgd PGD = new Pgd(5, 0, true);

  private static final Model MODEL = Adversight.open("digits");
  private static final Image THREE = digit(3);

  private static Classifier classifier;

  @TempDir private Path folder;

  @BeforeAll
  static void readNetworkByTheFullApi(@TempDir Path home) {
    classifier = ModelReader.open(embedded(home, "digits"), Device.CPU);
  }

  private static ModelFile embedded(Path home, String name) {
    return new Models(new DataHome(home, List.of())).locate(name, ByteProgress.NONE);
  }

  private static Image digit(int digit) {
    return new Image(DrawnDigits.draw(digit, 0));
  }

  private static List<Image> digits() {
    return IntStream.range(0, 10).mapToObj(AdversightTest::digit).toList();
  }

  private static Tensor pixels(List<Image> images) {
    return Batches.of(images.stream().map(Image::raster).toList());
  }

  @Test
  void predictsAsTheClassifierDoes() {
    try (Scope scope = Scope.open()) {
      assertThat(MODEL.predict(THREE).details())
          .isEqualTo(classifier.predict(pixels(List.of(THREE))).get(0));
    }
    assertThat(MODEL.predict(THREE).top().name()).isEqualTo("3");
    assertThat(MODEL.predict(THREE).top(2))
        .hasSize(2)
        .first()
        .isEqualTo(MODEL.predict(THREE).top());
    assertThat(MODEL.predict(THREE).of("3")).isEqualTo(MODEL.predict(THREE).top());
    assertThat(MODEL.predict(THREE).toString()).matches("3 [0-9.]+ %");
  }

  @Test
  void answersForMoreImagesThanOneBatchInTheirOrder() {
    List<Image> many = IntStream.range(0, 40).mapToObj(i -> digit(i % 10)).toList();
    List<Integer> expected = many.stream().map(one -> MODEL.predict(one).top().index()).toList();

    assertThat(MODEL.predict(many).stream().map(one -> one.top().index()).toList())
        .isEqualTo(expected);
    assertThat(
            MODEL.explain(new Gradient(), many).stream().map(m -> m.explained().index()).toList())
        .isEqualTo(expected);
    assertThat(MODEL.attack(FGSM, many, BALL).stream().map(a -> a.before().top().index()).toList())
        .isEqualTo(expected);
  }

  @Test
  void attacksAsTheFullApiDoes() {
    List<Raster> found =
        MODEL.attack(PGD, digits(), BALL).stream().map(one -> one.image().raster()).toList();

    try (Scope scope = Scope.open()) {
      Tensor pixels = pixels(digits());
      List<Integer> labels = classifier.predict(pixels).stream().map(p -> p.top()).toList();
      Problem problem = Problem.of(classifier, pixels, labels);
      assertThat(found)
          .isEqualTo(
              Attacks.run(
                      PGD, problem, Norm.LINF, List.of(EPSILON), Attacks.Rounding.SKIP, Run.of(10))
                  .stream()
                  .map(one -> one.changed())
                  .toList());
    }
  }

  @Test
  void saysWhatAnAttackDid() {
    Adversarial found = MODEL.attack(PGD, THREE, 0.3);

    assertThat(found.success()).isTrue();
    assertThat(found.before()).isEqualTo(MODEL.predict(THREE));
    assertThat(MODEL.predict(found.image()).top().index()).isEqualTo(found.after().top().index());
    assertThat(found.after().top().name()).isNotEqualTo("3");
    assertThat(found.size(Norm.LINF)).isBetween(0.2, 0.3 + 1e-6);
    assertThat(found.original()).isEqualTo(THREE);
    assertThat(found.perturbation().height()).isEqualTo(28);
    assertThat(found.toString()).matches("3 [0-9.]+ % -> [0-9] [0-9.]+ %, success, Linf 0\\.3000");
  }

  @Test
  void tellsWhetherQuantizationUndoesAnAttack() {
    Adversarial found = MODEL.attack(PGD, THREE, 0.3);
    Image stored = new Image(found.image().raster().quantized());

    assertThat(found.successAfterQuantization())
        .isEqualTo(MODEL.predict(stored).top().index() != found.before().top().index());
  }

  @Test
  void reachesTheTargetThatIsAskedFor() {
    Adversarial found = MODEL.attack(new Pgd(), THREE, new Ball(Norm.LINF, 0.4), "8");

    assertThat(found.success()).isTrue();
    assertThat(found.after().top().name()).isEqualTo("8");
  }

  @Test
  void runsMinimumNormAndTransformationAttacks() {
    assertThat(MODEL.attack(new DeepFool(), THREE, Norm.L2).size(Norm.L2)).isBetween(0.1, 10.0);
    assertThat(MODEL.attack(new BlurSearch(), THREE).original()).isEqualTo(THREE);
  }

  @Test
  void measuresRobustAccuracyAsCountedByHand() {
    DataSet data = Adversight.data("drawn-digits").take(40);

    RobustAccuracy measured = MODEL.robustAccuracy(FGSM, data, BALL);

    long right = 0;
    long robust = 0;
    long unsettled = 0; // rounding may decide: alone and in a batch, signs of tiny gradients differ
    for (int i = 0; i < data.size(); i++) {
      Adversarial alone = MODEL.attack(FGSM, new Image(data.image(i)), EPSILON);
      if (alone.before().top().index() == data.label(i)) {
        right++;
        if (margin(alone.after(), data.label(i)) < 0.02) {
          unsettled++;
        } else if (!alone.success()) {
          robust++;
        }
      }
    }
    assertThat(unsettled).isLessThanOrEqualTo(2);
    assertThat(measured.clean().successes()).isEqualTo(right).isPositive();
    assertThat(measured.ofAll().successes())
        .isBetween(robust, robust + unsettled)
        .isBetween(1L, right - 1);
    assertThat(measured.ofAll().trials()).isEqualTo(40);
  }

  /** How far the probability of a class is from the highest of the others. */
  private static double margin(Prediction prediction, int label) {
    double own = prediction.of(label).probability();
    double other =
        prediction.top(2).stream()
            .filter(score -> score.index() != label)
            .mapToDouble(Prediction.Score::probability)
            .max()
            .orElseThrow();
    return Math.abs(own - other);
  }

  @Test
  void explainsAsTheFullApiDoes() {
    try (Scope scope = Scope.open()) {
      assertThat(MODEL.explain(new GradCam(), THREE).details())
          .isEqualTo(
              Attributions.run(
                      List.of(new GradCam()),
                      classifier,
                      pixels(List.of(THREE)),
                      Objective.Logit.of(3),
                      Run.of(1))
                  .get(0)
                  .get(0));
    }
  }

  @Test
  void explainsTheClassThatIsAskedFor() {
    Heatmap predicted = MODEL.explain(new GradCam(), THREE);
    Heatmap other = MODEL.explain(new GradCam(), THREE, "8");

    assertThat(predicted.explained().name()).isEqualTo("3");
    assertThat(other.explained().name()).isEqualTo("8");
    assertThat(predicted.similarity(predicted)).isCloseTo(1, within(1e-9));
    assertThat(predicted.similarity(other)).isLessThan(0.9);
  }

  @Test
  void doesTheWholeJobOnAnImageOfAnotherSize() {
    Image bird = new Image(SampleImages.birds().get(0).view());
    Image photo = new Image(RasterResize.stretch(bird.raster(), 200, 300));
    try (Model model = Adversight.open("aviary")) {
      Adversarial found = model.attack(FGSM, photo, 8 / 255.0);
      Heatmap map = model.explain(new GradCam(), found.image());
      map.save(folder.resolve("map.png"));

      assertThat(found.image().height()).isEqualTo(model.view(photo).height()).isNotEqualTo(200);
      assertThat(map.image()).isEqualTo(found.image());
      assertThat(Image.read(folder.resolve("map.png")).channels()).isEqualTo(3);
    }
  }

  @Test
  void visualizesAChannel() {
    assertThat(MODEL.visualize(MODEL.layers().get(0), 0).height()).isEqualTo(28);
    assertThatThrownBy(() -> MODEL.visualize("nowhere", 0))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining(MODEL.layers().get(0));
  }

  @Test
  void opensFilesWithAndWithoutACard() throws IOException {
    ModelFile file = embedded(folder, "digits");
    Path bare = folder.resolve("bare.onnx");
    Path carded = folder.resolve("carded.onnx");
    Files.write(bare, file.bytes());
    Files.write(carded, file.bytes());
    Files.writeString(
        folder.resolve("carded.card.json"),
        file.card().withFile("carded.onnx", file.card().sha256(), file.card().bytes()).toJson());

    List<Double> expected = MODEL.predict(THREE).details().logits();
    assertThat(Adversight.open(carded).predict(THREE).details().logits()).isEqualTo(expected);
    assertThat(Adversight.open(carded.toString()).predict(THREE).details().logits())
        .isEqualTo(expected);
    Preprocessing preprocessing = file.card().preprocessing();
    assertThat(Adversight.open(bare, preprocessing, List.of()).predict(THREE).details().logits())
        .isEqualTo(expected);
    List<String> names = List.of("zero one two three four five six seven eight nine".split(" "));
    assertThat(Adversight.open(bare, preprocessing, names).predict(THREE).top().name())
        .isEqualTo("three");
    Preprocessing inverted = new Preprocessing(ChannelOrder.GRAY, 1, List.of(1.0), List.of(1.0));
    assertThat(Adversight.open(bare, inverted, List.of()).predict(THREE).details().logits())
        .isNotEqualTo(expected);
    assertThat(Adversight.open(bare).classNames()).hasSize(10);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> Adversight.open("digit"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("digits");
    assertThatThrownBy(() -> MODEL.attack(FGSM, THREE, 8))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("8");
    assertThatThrownBy(() -> MODEL.attack(FGSM, THREE, BALL, "3"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("choose another class");
    assertThatThrownBy(() -> new Image(Raster.of(1, 1, 2, new float[] {0, 255})))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("[0, 1]");
    assertThatThrownBy(() -> new Image(Raster.of(1, 1, 1, new float[] {Float.NaN})))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> Image.of(2, 1, 1, 0, 0)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> THREE.save(folder.resolve("three.jpg")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(".png");
  }

  @Test
  void writesWhatItReads() {
    THREE.save(folder.resolve("three.npy"));
    THREE.save(folder.resolve("three.png"));

    assertThat(Image.read(folder.resolve("three.npy"))).isEqualTo(THREE);
    assertThat(Image.read(folder.resolve("three.png")).raster())
        .isEqualTo(THREE.raster().quantized());
  }

  @Test
  void isOfNoUseOnceClosed() {
    Model model = Model.of(classifier);
    assertThat(model.predict(THREE).top().name()).isEqualTo("3");
    model.close();
    model.close();

    assertThatThrownBy(() -> model.predict(THREE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the model digits is closed");
    assertThat(model).hasToString("digits (closed)");
  }
}
