package io.adversight.study.image;

import io.adversight.aviary.Scene;
import io.adversight.aviary.Species;
import io.adversight.data.AviarySet;
import io.adversight.data.DrawnDigits;
import io.adversight.image.Raster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The images that come with the program. */
public final class SampleImages {
  /** The individual of each species that is shown. */
  private static final int SHOWN = 20;

  private SampleImages() {}

  /** All of them, by the name of the network that they are made for. */
  public static Map<String, List<InputImage>> groups() {
    Map<String, List<InputImage>> groups = new LinkedHashMap<>();
    groups.put("aviary", birds());
    groups.put("digits", digits());
    return groups;
  }

  /** One drawn bird of each species, for the networks {@code aviary} and its variants. */
  public static List<InputImage> birds() {
    AviarySet test = AviarySet.test();
    int first = SHOWN * Species.values().length;
    return IntStream.range(first, first + Species.values().length)
        .mapToObj(i -> bird(test, i))
        .toList();
  }

  private static InputImage bird(AviarySet set, int i) {
    Scene scene = set.scene(i);
    Map<String, Raster> objects = new LinkedHashMap<>();
    objects.put(AviarySet.BIRD, scene.bird());
    objects.put(AviarySet.DISCRIMINATIVE_PART, scene.discriminativePart());
    return new InputImage(
        set.imageName(i),
        "drawing: " + set.classNames().get(set.label(i)),
        "",
        scene.image(),
        OptionalInt.of(set.label(i)),
        objects);
  }

  /** The project's own drawings of the ten digits, for the network {@code digits}. */
  public static List<InputImage> digits() {
    return IntStream.range(0, 10)
        .mapToObj(
            digit ->
                new InputImage(
                    "digit-" + digit,
                    "drawing of a " + digit,
                    "",
                    DrawnDigits.draw(digit, 0),
                    OptionalInt.of(digit)))
        .toList();
  }
}
