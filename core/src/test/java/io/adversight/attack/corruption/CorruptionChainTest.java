package io.adversight.attack.corruption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adversight.attack.Adversarial;
import io.adversight.attack.AttackNetworks;
import io.adversight.attack.Attacks;
import io.adversight.attack.gradient.EotPgd;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.evaluation.robustness.DestructionRate;
import io.adversight.metric.numeric.Proportion;
import io.adversight.run.Run;
import io.adversight.tensor.Blur;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorruptionChainTest {
  /** A smooth colour image in grey levels, (1, 3, side, side). */
  private static float[] image(int side) {
    float[] values = new float[3 * side * side];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          double wave = Math.sin((x * (c + 1) + 2.0 * y) / 6) + Math.cos((y - c * x) / 9.0);
          values[(c * side + y) * side + x] = (float) (Math.rint(127 + 55 * wave) / 255);
        }
      }
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 50, 75, 95})
  void compressesAsTheJdkDoes(int quality) throws IOException {
    int side = 48;
    float[] values = image(side);
    float[] theirs = jdk(values, side, quality / 100f);
    try (Scope scope = Scope.open()) {
      float[] ours =
          new JpegCompression(quality, quality)
              .of(Tensor.of(values, 1, 3, side, side), Run.of(1))
              .toFloats();
      double difference = 0;
      double change = 0;
      for (int i = 0; i < ours.length; i++) {
        difference += Math.abs(ours[i] - theirs[i]) * 255 / ours.length;
        change += Math.abs(values[i] - theirs[i]) * 255 / ours.length;
      }
      assertTrue(difference < 1.25, "mean difference in grey levels: " + difference);
      assertTrue(change > 2 * difference, "mean change in grey levels: " + change);
    }
  }

  private static float[] jdk(float[] values, int side, float quality) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          rgb = rgb << 8 | Math.round(values[(c * side + y) * side + x] * 255);
        }
        image.setRGB(x, y, rgb);
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionQuality(quality);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    writer.dispose();
    BufferedImage back = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    float[] read = new float[values.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        for (int c = 0; c < 3; c++) {
          read[(c * side + y) * side + x] = (back.getRGB(x, y) >> (16 - 8 * c) & 255) / 255f;
        }
      }
    }
    return read;
  }

  @Test
  void blursEachImageByItsOwnGaussian() {
    try (Scope scope = Scope.open()) {
      Tensor x = AttackNetworks.f8Input();
      Tensor two = Tensor.concat(List.of(x, x), 0);
      Tensor sigmas = Tensor.of(new double[] {0.8, 0}, 2, 1, 1, 1);
      float[] blurred = Blur.gaussian(two, sigmas.like(x)).toFloats();
      float[] values = x.toFloats();
      for (int r = 0; r < 8; r++) {
        for (int c = 0; c < 8; c++) {
          double sum = 0;
          double weights = 0;
          for (int i = -3; i <= 3; i++) {
            for (int j = -3; j <= 3; j++) {
              double weight = Math.exp(-(i * i + j * j) / (2 * 0.8 * 0.8));
              int y = Math.min(Math.max(r + i, 0), 7);
              sum += weight * values[8 * y + Math.min(Math.max(c + j, 0), 7)];
              weights += weight;
            }
          }
          assertEquals(sum / weights, blurred[8 * r + c], 1e-5);
          assertEquals(values[8 * r + c], blurred[64 + 8 * r + c], 1e-6);
        }
      }
    }
  }

  @Test
  void shiftsAndStretchesPixels() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {0, .4f, .9f}, 1, 1, 1, 3);
      float[] brighter = {.2f, .6f, 1};
      float[] stretched = {0, .3f, 1};
      assertArrayEquals(brighter, new Brightness(.2, .2).of(x, Run.of(1)).toFloats(), 1e-6f);
      assertArrayEquals(stretched, new Contrast(2, 2).of(x, Run.of(1)).toFloats(), 1e-6f);
    }
  }

  @Test
  void mapsCornersToCorners() {
    double[][] from = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
    double[][] to = {{-.9, -1.1}, {1.2, -.8}, {1, .9}, {-1.1, 1.2}};
    double[] h = Perspective.homography(from, to);
    for (int k = 0; k < 4; k++) {
      double w = h[6] * from[k][0] + h[7] * from[k][1] + 1;
      assertEquals(to[k][0], (h[0] * from[k][0] + h[1] * from[k][1] + h[2]) / w, 1e-9);
      assertEquals(to[k][1], (h[3] * from[k][0] + h[4] * from[k][1] + h[5]) / w, 1e-9);
    }
    try (Scope scope = Scope.open()) {
      Tensor x = AttackNetworks.f8Input();
      assertArrayEquals(x.toFloats(), new Perspective(0).of(x, Run.of(1)).toFloats(), 1e-5f);
    }
  }

  @Test
  void letsGradientsThrough() {
    Corruption chain =
        new CorruptionChain(
            List.of(
                new Perspective(.1),
                new GaussianBlur(.5, 1),
                new Brightness(-.1, .1),
                new Contrast(.8, 1.1),
                new SensorNoise(0, .01)));
    try (Scope scope = Scope.open()) {
      Tensor x = AttackNetworks.f8Input().mul(.5).add(.25).asDouble();
      Tensor weights = Tensor.of(new Rng(2).uniform(64, -1, 1), 1, 1, 8, 8).asDouble();
      Run run = Run.of(1);
      Tensor leaf = x.leaf();
      double[] gradient = Gradients.of(chain.of(leaf, run).mul(weights).sum(), leaf).toDoubles();
      double h = 1e-5;
      for (int i = 0; i < 64; i += 7) {
        double[] up = new double[64];
        up[i] = h;
        Tensor step = Tensor.of(up, 1, 1, 8, 8);
        double rise =
            chain.of(x.add(step), run).mul(weights).sum().item()
                - chain.of(x.sub(step), run).mul(weights).sum().item();
        assertEquals(rise / (2 * h), gradient[i], 1e-5);
      }
    }
  }

  @Test
  void roundingInJpegDoesNotStopTheGradient() {
    try (Scope scope = Scope.open()) {
      Tensor leaf = AttackNetworks.f8Input().mul(.5).add(.25).leaf();
      Tensor out = new JpegCompression(60, 60).of(leaf, Run.of(1));
      Tensor gradient = Gradients.of(out.sum(), leaf);
      // One block: a sum passes the cosine transform unchanged.
      assertArrayEquals(leaf.fullLike(1).toFloats(), gradient.toFloats(), 1e-4f);
    }
  }

  @Test
  void countsWhatACorruptionUndoes() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {.55f, .7f, .9f, .2f}, 4, 1, 1, 1).expand(4, 1, 1, 2);
      Problem problem =
          Problem.of(AttackNetworks.line(1, 1, -1), x.contiguous(), List.of(1, 1, 1, 1));
      List<Adversarial> results =
          Attacks.run(
              new Fgsm(), problem, Norm.LINF, List.of(.25), Attacks.Rounding.SKIP, Run.of(4));
      // The first two fall, to .3 and .45; the last was wrong before. A tenth more saves one.
      Proportion undone =
          DestructionRate.of(
              AttackNetworks.line(1, 1, -1), results, new Brightness(.1, .1), Run.of(4));
      assertEquals(new Proportion(1, 2), undone);
    }
  }

  @Test
  void expectationOverCorruptionsRaisesTheLossUnderThem() {
    try (Scope scope = Scope.open()) {
      Problem problem = Problem.of(AttackNetworks.f8(), AttackNetworks.f8Input(), List.of(3));
      Ball ball = new Ball(Norm.LINF, .1);
      EotPgd eot = new EotPgd(15, .2, 8, 1, .05, .1, .3, .1, 40, Loss.CROSS_ENTROPY);
      double expected = meanLoss(problem, eot.perturb(problem, ball, Run.of(1)), eot);
      double plain =
          meanLoss(problem, new Pgd(15, .2, false).perturb(problem, ball, Run.of(1)), eot);
      assertTrue(expected > plain, expected + " against " + plain);
    }
  }

  private static double meanLoss(Problem problem, Tensor images, EotPgd eot) {
    double sum = 0;
    for (int i = 0; i < 100; i++) {
      Run run = Run.of(new Rng(77), i, 1);
      Tensor view = eot.corruptions().of(images, run);
      sum += problem.height(view, problem.objective(Loss.CROSS_ENTROPY), run).loss().item();
    }
    return sum / 100;
  }
}
