package io.adversight.lab.response;

import io.adversight.image.Raster;
import java.util.ArrayList;
import java.util.List;

/** Images of a process whose length is not known: every k-th, with k doubled when it is full. */
final class ThinnedTrajectory {
  private final int most;
  private final List<Step> steps = new ArrayList<>();
  private int iterations;
  private int every = 1;

  /** An image after some iterations. */
  record Step(int iteration, double loss, Raster image) {}

  ThinnedTrajectory(int most) {
    this.most = most;
  }

  /** Takes the next image, the first of which is that before any iteration. */
  void add(Raster image, double loss) {
    boolean first = steps.isEmpty();
    if (!first) {
      iterations++;
    }
    if (iterations % every != 0) {
      return;
    }
    steps.add(new Step(iterations, loss, image));
    if (steps.size() > 2 * most) {
      every *= 2;
      steps.removeIf(step -> step.iteration() % every != 0);
    }
  }

  /** Takes what the process ended with. */
  void end(Raster image) {
    Step last = steps.get(steps.size() - 1);
    if (!last.image().equals(image)) {
      steps.add(new Step(Math.max(iterations, last.iteration() + 1), Double.NaN, image));
    }
  }

  /** How many iterations there were. */
  int iterations() {
    return iterations;
  }

  /** At most the requested number, evenly spread, both ends included. */
  List<Step> steps() {
    if (steps.size() <= most) {
      return List.copyOf(steps);
    }
    List<Step> some = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      some.add(steps.get((int) Math.round((double) i * (steps.size() - 1) / (most - 1))));
    }
    return some;
  }
}
