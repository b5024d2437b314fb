package io.adversight.examples;

import io.adversight.Adversarial;
import io.adversight.Adversight;
import io.adversight.Heatmap;
import io.adversight.Image;
import io.adversight.Model;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attribution.cam.GradCam;
import java.util.List;
import java.util.Locale;

/**
 * Compares the explanations of a bird before and after attacks of growing size.
 *
 * <p>You will see that the map moves away from the one of the clean image as epsilon grows, and
 * that the attack of many steps moves it further.
 *
 * <pre>{@code
 * Fgsm, epsilon 1/255: tufted russet 92.7 %, similarity of the maps 1.00
 * Fgsm, epsilon 4/255: fan-crested olive 72.4 %, similarity of the maps 0.91
 * Fgsm, epsilon 16/255: fan-crested olive 96.2 %, similarity of the maps 0.90
 * Pgd, epsilon 1/255: tufted russet 89.8 %, similarity of the maps 0.99
 * Pgd, epsilon 4/255: fan-crested olive 99.5 %, similarity of the maps 0.95
 * Pgd, epsilon 16/255: fan-crested olive 100.0 %, similarity of the maps 0.74
 * }</pre>
 */
public final class Example03Compare {
  private Example03Compare() {}

  /** Runs the example. */
  public static void main(String... arguments) {
    try (Model model = Adversight.open("aviary")) {
      Image bird = new Image(Adversight.data("aviary").image(0));
      Heatmap clean = model.explain(new GradCam(), bird);
      for (BoundedAttack attack : List.of(new Fgsm(), new Pgd(10, 0, true))) {
        for (int levels : List.of(1, 4, 16)) {
          Adversarial found = model.attack(attack, bird, levels / 255.0);
          double similarity = clean.similarity(model.explain(new GradCam(), found.image()));
          System.out.printf(
              Locale.ROOT,
              "%s, epsilon %d/255: %s, similarity of the maps %.2f%n",
              attack.getClass().getSimpleName(),
              levels,
              found.after(),
              similarity);
        }
      }
    }
  }
}
