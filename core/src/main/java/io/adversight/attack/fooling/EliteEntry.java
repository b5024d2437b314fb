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
record EliteEntry(int part, int generation, int child, int niche, float confidence) {
  private static final int NUMBERS = 5;

  /** Births as rows of numbers. */
  static Raster rows(List<EliteEntry> entries) {
    float[] numbers = new float[NUMBERS * entries.size()];
    for (int i = 0; i < entries.size(); i++) {
      EliteEntry entry = entries.get(i);
      int at = NUMBERS * i;
      numbers[at] = entry.part();
      numbers[at + 1] = entry.generation();
      numbers[at + 2] = entry.child();
      numbers[at + 3] = entry.niche();
      numbers[at + 4] = entry.confidence();
    }
    return Raster.map(entries.size(), NUMBERS, numbers);
  }

  /** The births in rows of numbers. */
  static List<EliteEntry> of(Raster rows) {
    List<EliteEntry> entries = new ArrayList<>();
    for (int i = 0; i < rows.height(); i++) {
      entries.add(
          new EliteEntry(
              (int) rows.at(0, i, 0),
              (int) rows.at(0, i, 1),
              (int) rows.at(0, i, 2),
              (int) rows.at(0, i, 3),
              rows.at(0, i, 4)));
    }
    return entries;
  }
}
