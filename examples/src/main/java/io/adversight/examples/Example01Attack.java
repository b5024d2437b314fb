package io.adversight.examples;

import io.adversight.Adversarial;
import io.adversight.Adversight;
import io.adversight.Heatmap;
import io.adversight.Image;
import io.adversight.Model;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attribution.cam.GradCam;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Attacks a drawn bird and explains what the network then looks at.
 *
 * <p>You will see that the network is confident of the bird's species before, and as confident of
 * another one after a change that the eye hardly notices. {@code map.png} shows where it looks.
 *
 * <pre>{@code
 * tufted russet 99.0 % -> fan-crested olive 100.0 %, success, Linf 0.0314
 * fan-crested olive 100.0 %
 * }</pre>
 */
public final class Example01Attack {
  private Example01Attack() {}

  /** Runs the example. */
  public static void main(String... arguments) throws IOException {
    Path folder = OutputFolder.of(arguments);
    new Image(Adversight.data("aviary").image(0)).save(folder.resolve("photo.png"));

    try (Model model = Adversight.open("aviary")) { // or "mobilenet-v2", or Path.of("net.onnx")
      Image photo = Image.read(folder.resolve("photo.png"));
      Adversarial found = model.attack(new Pgd(), photo, 8 / 255.0);
      Heatmap map = model.explain(new GradCam(), found.image());
      map.save(folder.resolve("map.png"));
      System.out.println(found);
      System.out.println(model.predict(found.image()).top());
    }
  }
}
