package io.adversight.evaluation.robustness;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.universal.Universal;
import io.adversight.attack.universal.UniversalAttack;
import io.adversight.data.DataSet;
import io.adversight.model.Classifier;
import io.adversight.run.Checkpoint;
import io.adversight.run.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * How the fooling rate of a universal attack on images it has not seen grows with the number of
 * images it was made on (Moosavi-Dezfooli et al. 2017, figure 6).
 *
 * @param points in the order of the numbers of images
 */
public record FoolingCurve(List<Point> points) {
  public FoolingCurve {
    points = List.copyOf(points);
  }

  /**
   * One point of the curve.
   *
   * @param images the change was made on so many
   * @param seen fooling rate on these
   * @param unseen fooling rate on the others
   */
  public record Point(int images, double seen, double unseen) {}

  /** Makes the change on the first images of {@code seen}, for each of the given numbers. */
  public static FoolingCurve of(
      UniversalAttack attack,
      Classifier classifier,
      DataSet seen,
      DataSet unseen,
      List<Integer> numbers,
      Ball ball,
      Run run) {
    List<Point> points = new ArrayList<>();
    for (int number : numbers) {
      points.add(point(attack, classifier, seen.take(number), unseen, ball, Checkpoint.NONE, run));
    }
    return new FoolingCurve(points);
  }

  /** One point: makes the change on all images of {@code seen}. */
  public static Point point(
      UniversalAttack attack,
      Classifier classifier,
      DataSet seen,
      DataSet unseen,
      Ball ball,
      Checkpoint checkpoint,
      Run run) {
    Universal change = attack.craft(classifier, seen, ball, checkpoint, run);
    return new Point(
        seen.size(),
        FoolingMatrix.of(classifier, seen, change, run.rng(0), run).rate(),
        FoolingMatrix.of(classifier, unseen, change, run.rng(0), run).rate());
  }
}
