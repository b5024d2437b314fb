package io.adversight.evaluation.robustness;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attack;
import io.adversight.attack.Attacks;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.NetworkView;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Attacks one network and shows the changed images to others (Szegedy et al. 2014, section 4.2).
 * The attack is made on the attacked network's own view of an image. The others see the clean and
 * the changed view, fitted to their size in the same way, through their own preprocessing.
 *
 * @param attacked networks of the rows
 * @param shown networks of the columns; all have the same classes. The same network may take images
 *     of another size here than where it is attacked
 * @param fits ways to bring a view to a network's size
 * @param attack made on each network in turn
 * @param norm of the attack
 * @param epsilons of a bounded attack: one; of others: none
 */
public record Transfer(
    List<Classifier> attacked,
    List<Classifier> shown,
    List<Fit> fits,
    Attack attack,
    Norm norm,
    List<Double> epsilons) {
  public Transfer {
    attacked = List.copyOf(attacked);
    shown = List.copyOf(shown);
    fits = List.copyOf(fits);
    epsilons = List.copyOf(epsilons);
    if (attacked.isEmpty() || shown.isEmpty() || fits.isEmpty()) {
      throw new InputException("a transfer needs at least one network and one fit");
    }
    if (epsilons.size() > 1) {
      throw new InputException(
          "a transfer matrix has one epsilon, but %s were given".formatted(epsilons.size()));
    }
    Classifier first = attacked.get(0);
    for (Classifier other : Stream.concat(attacked.stream(), shown.stream()).toList()) {
      if (!other.labels().names().equals(first.labels().names())) {
        throw new InputException(
            "%s and %s do not have the same classes (%s and %s); a transfer matrix needs networks"
                    .formatted(
                        first.card().nameInResults(),
                        other.card().nameInResults(),
                        first.card().classes(),
                        other.card().classes())
                + " that name the same classes in the same order");
      }
    }
  }

  /**
   * One cell of a matrix. An image's class is its label, or where it has none the class that the
   * column's network sees in the clean image.
   *
   * @param right images that the column's network classified right before, of all
   * @param fooled images classified otherwise after, of those right before
   */
  public record Cell(Proportion right, Proportion fooled) {
    /** No image yet. */
    public static final Cell EMPTY = new Cell(new Proportion(0, 0), new Proportion(0, 0));

    /** Both together. */
    public Cell plus(Cell other) {
      return new Cell(right.plus(other.right), fooled.plus(other.fooled));
    }
  }

  /** The columns: each network with each fit. */
  public List<TransferMatrix.Column> columns() {
    return shown.stream()
        .flatMap(
            n -> fits.stream().map(fit -> new TransferMatrix.Column(n.card().nameInResults(), fit)))
        .toList();
  }

  /**
   * Attacks a network on some images of its view and classifies them by all networks.
   *
   * @param run over these images
   * @return one cell per column
   */
  public List<Cell> row(int row, NetworkView view, int first, int end, Rng rng, Run run) {
    List<Raster> clean = IntStream.range(first, end).mapToObj(view::image).toList();
    int[] labels = IntStream.range(first, end).map(view::label).toArray();
    List<Raster> changed = changed(attacked.get(row), view, first, end, rng, run);
    List<Cell> cells = new ArrayList<>();
    for (Classifier network : shown) {
      for (Fit fit : fits) {
        run.checkCancelled();
        cells.add(cell(classes(network, fit, clean), classes(network, fit, changed), labels));
      }
    }
    return cells;
  }

  private List<Raster> changed(
      Classifier network, NetworkView view, int first, int end, Rng rng, Run run) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = view.batch(network, first, end);
      Problem problem = Problem.of(network, pixels, view.labels(network, pixels, first));
      Attacks.Settings settings = Attacks.Settings.of(Attacks.Rounding.SKIP);
      return Attacks.runAny(attack, problem, norm, epsilons, settings, run.sharing(rng, pixels))
          .stream()
          .map(Adversarial::changed)
          .toList();
    }
  }

  private static long[] classes(Classifier network, Fit fit, List<Raster> images) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      List<Raster> fitted = images.stream().map(p -> fit.of(p, network.card())).toList();
      return network.logits(Batches.of(fitted).to(network.device())).argmax(1).toLongs();
    }
  }

  private static Cell cell(long[] before, long[] after, int[] labels) {
    long right = 0;
    long fooled = 0;
    for (int i = 0; i < labels.length; i++) {
      long label = labels[i] == DataSet.UNLABELLED ? before[i] : labels[i];
      if (before[i] == label) {
        right++;
        fooled += after[i] == label ? 0 : 1;
      }
    }
    return new Cell(new Proportion(right, labels.length), new Proportion(fooled, right));
  }
}
