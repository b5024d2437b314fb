package io.adversight.attack.problem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Selections from a batch. */
public final class Selection {
  private Selection() {}

  /** The elements at the given places, in their order. */
  public static <T> List<T> of(List<T> all, int... images) {
    List<T> some = new ArrayList<>(images.length);
    for (int image : images) {
      some.add(all.get(image));
    }
    return some;
  }

  /** The places of {@code outer} that {@code inner} selects. */
  public static int[] compose(int[] outer, int[] inner) {
    return Arrays.stream(inner).map(i -> outer[i]).toArray();
  }
}
