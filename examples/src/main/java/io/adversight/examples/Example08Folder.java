package io.adversight.examples;

import io.adversight.Adversarial;
import io.adversight.Adversight;
import io.adversight.Image;
import io.adversight.Model;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.data.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Attacks all images of a folder at once.
 *
 * <p>You will see one line for each image, and at the end how many attacks succeeded, and how many
 * still do when the images are stored as PNG files.
 *
 * <pre>{@code
 * 0 95.7 % -> 8 99.9 %, success, Linf 0.2000
 * 1 75.5 % -> 9 100.0 %, success, Linf 0.2000
 * 2 97.6 % -> 8 100.0 %, success, Linf 0.2000
 * 3 97.2 % -> 9 99.6 %, success, Linf 0.2000
 * 4 88.4 % -> 8 100.0 %, success, Linf 0.2000
 * 5 of 5 attacks succeeded, 5 after 8-bit quantization
 * }</pre>
 */
public final class Example08Folder {
  private Example08Folder() {}

  /** Runs the example. */
  public static void main(String... arguments) throws IOException {
    Path folder = OutputFolder.of(arguments);
    DataSet digits = Adversight.data("drawn-digits").take(5);
    for (int i = 0; i < digits.size(); i++) {
      new Image(digits.image(i)).save(folder.resolve("digit-" + i + ".png"));
    }

    List<Image> images = read(folder);
    try (Model model = Adversight.open("digits")) {
      List<Adversarial> found = model.attack(new Pgd(), images, new Ball(Norm.LINF, 0.2));
      found.forEach(System.out::println);
      System.out.printf(
          "%d of %d attacks succeeded, %d after 8-bit quantization%n",
          found.stream().filter(Adversarial::success).count(),
          found.size(),
          found.stream().filter(Adversarial::successAfterQuantization).count());
    }
  }

  private static List<Image> read(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".png"))
          .sorted()
          .map(Image::read)
          .toList();
    }
  }
}
