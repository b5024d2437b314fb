package io.adversight.attack.fooling;

import io.adversight.image.Raster;
import java.util.ArrayList;
import java.util.List;

/**
 * A child that became one of the best for a class. With the seed, the births of an evolution tell
 * everything about it.
 *
 * @param part of the evolution, which has an archive of its own
 * @param generation in which it was born
 * @param child its number in the generation
 * @param niche the place of the class in the archive
 * @param confidence of the network in that class
 */
record Birth(int part, int generation, int child, int niche, float confidence) {
  private static final int NUMBERS = 5;

  /** Births as rows of numbers. */
  static Raster rows(List<Birth> births) {
    float[] numbers = new float[NUMBERS * births.size()];
    for (int i = 0; i < births.size(); i++) {
      Birth birth = births.get(i);
      int at = NUMBERS * i;
      numbers[at] = birth.part();
      numbers[at + 1] = birth.generation();
      numbers[at + 2] = birth.child();
      numbers[at + 3] = birth.niche();
      numbers[at + 4] = birth.confidence();
    }
    return Raster.map(births.size(), NUMBERS, numbers);
  }

  /** The births in rows of numbers. */
  static List<Birth> of(Raster rows) {
    List<Birth> births = new ArrayList<>();
    for (int i = 0; i < rows.height(); i++) {
      births.add(
          new Birth(
              (int) rows.at(0, i, 0),
              (int) rows.at(0, i, 1),
              (int) rows.at(0, i, 2),
              (int) rows.at(0, i, 3),
              rows.at(0, i, 4)));
    }
    return births;
  }
}
