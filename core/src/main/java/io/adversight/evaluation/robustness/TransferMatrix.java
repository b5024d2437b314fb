package io.adversight.evaluation.robustness;

import io.adversight.data.DataSet;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Classifier;
import io.adversight.model.NetworkView;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How often images that were changed to fool one network (the row) also fool others (the columns);
 * every network is a column once for each way to bring images to its size.
 *
 * @param rows names of the networks that were attacked
 * @param columns who saw the images, and how
 * @param cells one row per attacked network, one cell per column
 */
public record TransferMatrix(
    List<String> rows, List<Column> columns, List<List<Transfer.Cell>> cells) {
  public TransferMatrix {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    cells = cells.stream().map(List::copyOf).toList();
  }

  /**
   * Who sees the images, and how.
   *
   * @param network its name
   * @param fit how images get its size
   */
  public record Column(String network, Fit fit) {}

  /** Keeps finished parts of a matrix, so that a stopped computation goes on. */
  public interface Parts {
    /** Nothing is kept. */
    Parts NONE =
        new Parts() {
          @Override
          public Optional<List<Transfer.Cell>> recall(int row, int first) {
            return Optional.empty();
          }

          @Override
          public void keep(int row, int first, List<Transfer.Cell> cells) {}
        };

    /** The cells of a row for the batch that begins with image {@code first}, if known. */
    Optional<List<Transfer.Cell>> recall(int row, int first);

    /** Keeps the cells of a row for one batch. */
    void keep(int row, int first, List<Transfer.Cell> cells);
  }

  /**
   * Attacks every network on all images.
   *
   * @param images of any size; each network is attacked on its own view of them
   * @param rng of the attacks
   * @param run progress and the wish to stop
   */
  public static TransferMatrix of(
      Transfer transfer, DataSet images, int batch, Rng rng, Parts parts, Run run) {
    List<List<Transfer.Cell>> cells = new ArrayList<>();
    int networks = transfer.attacked().size();
    for (int row = 0; row < networks; row++) {
      NetworkView view = NetworkView.of(images, transfer.attacked().get(row));
      List<Transfer.Cell> sums =
          new ArrayList<>(Collections.nCopies(transfer.columns().size(), Transfer.Cell.EMPTY));
      for (int first = 0; first < images.size(); first += batch) {
        int end = Math.min(first + batch, images.size());
        List<Transfer.Cell> some = part(transfer, row, view, first, end, rng, parts, run);
        for (int i = 0; i < some.size(); i++) {
          sums.set(i, sums.get(i).plus(some.get(i)));
        }
        run.report((long) row * images.size() + end, (long) networks * images.size(), "images");
      }
      cells.add(sums);
    }
    return new TransferMatrix(names(transfer.attacked()), transfer.columns(), cells);
  }

  private static List<Transfer.Cell> part(
      Transfer transfer,
      int row,
      NetworkView view,
      int first,
      int end,
      Rng rng,
      Parts parts,
      Run run) {
    Optional<List<Transfer.Cell>> known = parts.recall(row, first);
    if (known.isPresent()) {
      return known.get();
    }
    run.checkCancelled();
    List<Transfer.Cell> cells = transfer.row(row, view, first, end, rng, run);
    parts.keep(row, first, cells);
    return cells;
  }

  private static List<String> names(List<Classifier> networks) {
    return networks.stream().map(network -> network.card().nameInResults()).toList();
  }

  /** Rates of fooled images without confidence intervals, one list per row. */
  public List<List<Double>> rates() {
    return cells.stream()
        .map(row -> row.stream().map(Transfer.Cell::fooled).map(Proportion::value).toList())
        .toList();
  }
}
