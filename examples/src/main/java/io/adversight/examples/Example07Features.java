package io.adversight.examples;

import io.adversight.Adversight;
import io.adversight.Image;
import io.adversight.Model;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes images that channels of a layer respond to strongly.
 *
 * <p>You will see an image for each of two channels: repeated colours and edges, since the layer is
 * an early one. A later layer shows parts of birds.
 *
 * <pre>{@code
 * channel 0: 96 x 96 pixels
 * channel 1: 96 x 96 pixels
 * }</pre>
 */
public final class Example07Features {
  private Example07Features() {}

  /** Runs the example. */
  public static void main(String... arguments) throws IOException {
    Path folder = OutputFolder.of(arguments);
    try (Model model = Adversight.open("aviary")) {
      for (int channel = 0; channel < 2; channel++) {
        Image image = model.visualize("relu2", channel);
        image.save(folder.resolve("relu2-" + channel + ".png"));
        System.out.printf("channel %d: %d x %d pixels%n", channel, image.height(), image.width());
      }
    }
  }
}
