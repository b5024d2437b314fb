package io.adversight.examples;

import io.adversight.Adversight;
import io.adversight.Heatmap;
import io.adversight.Image;
import io.adversight.Model;
import io.adversight.attribution.Attribution;
import io.adversight.attribution.cam.GradCam;
import io.adversight.attribution.gradient.InputXGradient;
import io.adversight.attribution.perturbation.Occlusion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Explains one prediction by three methods, and compares it with the explanation of another class.
 *
 * <p>You will see three maps as images: a coarse one of the last layer, a fine signed one of the
 * pixels, and one of what happens when parts of the bird are hidden. The map of another class looks
 * elsewhere.
 *
 * <pre>{@code
 * grad-cam explains tufted russet 99.0 %
 * input-x-gradient explains tufted russet 99.0 %
 * occlusion explains tufted russet 99.0 %
 * similarity to the map of another class -0.38
 * }</pre>
 */
public final class Example02Explain {
  private Example02Explain() {}

  /** Runs the example. */
  public static void main(String... arguments) throws IOException {
    Path folder = OutputFolder.of(arguments);
    Map<String, Attribution> methods =
        new TreeMap<>(
            Map.of(
                "grad-cam", new GradCam(),
                "input-x-gradient", new InputXGradient(),
                "occlusion", new Occlusion()));
    try (Model model = Adversight.open("aviary")) {
      Image bird = new Image(Adversight.data("aviary").image(0));
      methods.forEach(
          (name, method) -> {
            Heatmap map = model.explain(method, bird);
            map.save(folder.resolve(name + ".png"));
            System.out.println(name + " explains " + map.explained());
          });
      Heatmap predicted = model.explain(new GradCam(), bird);
      Heatmap other = model.explain(new GradCam(), bird, model.classNames().get(5));
      System.out.printf(
          "similarity to the map of another class %.2f%n", predicted.similarity(other));
    }
  }
}
