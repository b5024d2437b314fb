package io.adversight.lab.answer;

import io.adversight.image.Raster;
import java.util.ArrayList;
import java.util.List;

/** Pictures of a process whose length is not known: every k-th, with k doubled when it is full. */
final class Reel {
  private final int most;
  private final List<Shot> shots = new ArrayList<>();
  private int iterations;
  private int every = 1;

  /** A picture after some iterations. */
  record Shot(int iteration, double loss, Raster picture) {}

  Reel(int most) {
    this.most = most;
  }

  /** Takes the next picture, the first of which is that before any iteration. */
  void add(Raster picture, double loss) {
    boolean first = shots.isEmpty();
    if (!first) {
      iterations++;
    }
    if (iterations % every != 0) {
      return;
    }
    shots.add(new Shot(iterations, loss, picture));
    if (shots.size() > 2 * most) {
      every *= 2;
      shots.removeIf(shot -> shot.iteration() % every != 0);
    }
  }

  /** Takes what the process ended with. */
  void end(Raster picture) {
    Shot last = shots.get(shots.size() - 1);
    if (!last.picture().equals(picture)) {
      shots.add(new Shot(Math.max(iterations, last.iteration() + 1), Double.NaN, picture));
    }
  }

  /** How many iterations there were. */
  int iterations() {
    return iterations;
  }

  /** At most the wanted number, evenly spread, both ends among them. */
  List<Shot> shots() {
    if (shots.size() <= most) {
      return List.copyOf(shots);
    }
    List<Shot> some = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      some.add(shots.get((int) Math.round((double) i * (shots.size() - 1) / (most - 1))));
    }
    return some;
  }
}
