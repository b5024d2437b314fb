package io.adversight.attack;

import java.util.ArrayList;
import java.util.List;

/** Selections from a batch. */
final class Rows {
  private Rows() {}

  static <T> List<T> of(List<T> all, int... images) {
    List<T> some = new ArrayList<>(images.length);
    for (int image : images) {
      some.add(all.get(image));
    }
    return some;
  }
}
