package io.adversight.attack;

import io.adversight.attack.problem.Selection;
import io.adversight.describe.Check;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Prediction;
import io.adversight.run.FrameListener;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Records the iterates of each image. Every frame is classified once, by a forward pass that is no
 * query of the attack: it counts in {@link #forwards} instead of the run.
 */
public final class Trajectory implements FrameListener {
  private final Classifier classifier;
  private final List<Path> paths;
  private final int every;

  /**
   * One state of an image.
   *
   * @param step number of steps made, from 1
   * @param image the iterate
   * @param loss the loss that the attack increases, before the step
   * @param prediction of this image
   */
  public record Frame(int step, Raster image, double loss, Prediction prediction) {}

  /** The frames of one image. */
  private static final class Path {
    private final List<Frame> frames = new ArrayList<>();
    private int steps;
  }

  private Trajectory(Classifier classifier, List<Path> paths, int every) {
    this.classifier = classifier;
    this.paths = paths;
    this.every = every;
  }

  /** For {@code images} images, a frame after every {@code every}-th step. */
  public static Trajectory of(Classifier classifier, int images, int every) {
    Check.atLeast(1, every, "every");
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      paths.add(new Path());
    }
    return new Trajectory(classifier, paths, every);
  }

  /** The frames of an image of the batch, in order. */
  public List<Frame> frames(int image) {
    return List.copyOf(paths.get(image).frames);
  }

  /** The forward passes that the frames of an image took. */
  public int forwards(int image) {
    return paths.get(image).frames.size();
  }

  @Override
  public void frame(Tensor images, Tensor loss) {
    List<Integer> due = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      if (++paths.get(i).steps % every == 0) {
        due.add(i);
      }
    }
    if (due.isEmpty()) {
      return;
    }
    try (Scope scope = Scope.open()) {
      Tensor shown = images.rows(due.stream().mapToInt(i -> i).toArray());
      List<Prediction> predictions = classifier.predict(shown);
      List<Raster> rasters = Batches.rasters(shown);
      double[] losses = loss.toDoubles();
      for (int k = 0; k < due.size(); k++) {
        Path path = paths.get(due.get(k));
        path.frames.add(
            new Frame(path.steps, rasters.get(k), losses[due.get(k)], predictions.get(k)));
      }
    }
  }

  @Override
  public FrameListener select(int... images) {
    return new Trajectory(classifier, Selection.of(paths, images), every);
  }
}
