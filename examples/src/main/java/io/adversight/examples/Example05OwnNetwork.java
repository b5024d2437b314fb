package io.adversight.examples;

import io.adversight.Adversight;
import io.adversight.Image;
import io.adversight.Model;
import io.adversight.attack.minimal.DeepFool;
import io.adversight.attack.problem.Norm;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.model.ChannelOrder;
import io.adversight.model.Models;
import io.adversight.model.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens a network of one's own from its ONNX file.
 *
 * <p>You will see the names that were given for its classes, and how far the nearest image of
 * another class is. An ImageNet network would take {@code Adversight.imageNetPreprocessing()} and
 * {@code Adversight.imageNetClasses()}.
 *
 * <pre>{@code
 * seven 97.5 %
 * the nearest other class is at a distance (L2) of 1.3
 * }</pre>
 */
public final class Example05OwnNetwork {
  private static final List<String> NAMES =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  private Example05OwnNetwork() {}

  /** Runs the example. */
  public static void main(String... arguments) throws IOException {
    Path file = OutputFolder.of(arguments).resolve("net.onnx");
    Files.write(file, exported());

    Preprocessing preprocessing = Preprocessing.none(ChannelOrder.GRAY); // or mean and deviation
    try (Model model = Adversight.open(file, preprocessing, NAMES)) {
      Image seven = new Image(Adversight.data("drawn-digits").image(7));
      System.out.println(model.predict(seven));
      System.out.printf(
          "the nearest other class is at a distance (L2) of %.1f%n",
          model.attack(new DeepFool(), seven, Norm.L2).size(Norm.L2));
    }
  }

  /** What another program would have exported: here, the embedded network of the digits. */
  private static byte[] exported() {
    Models models = new Models(DataHome.of(System.getenv()));
    return models.locate("digits", ByteProgress.NONE).bytes();
  }
}
