package io.adversight.graph.onnx;

import io.adversight.graph.operator.Axes;
import io.adversight.graph.operator.Layout;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The sizes a Reshape has for batches of any size, found from what the file asks for at two probes:
 * files often name the batch size they were exported with, or compute it.
 */
final class ReshapeTarget {
  private final List<Shape> inputs;
  private final boolean allowZero;
  private final long batch;

  private ReshapeTarget(List<Shape> inputs, boolean allowZero, long batch) {
    this.inputs = inputs;
    this.allowZero = allowZero;
    this.batch = batch;
  }

  /**
   * The sizes for any batch.
   *
   * @param inputs shape of what is reshaped, per probe
   * @param wanted sizes the file asks for, per probe
   * @param batch the batch size of the file, 1 if it leaves it open
   */
  static Layout.Reshape of(
      List<Shape> inputs, List<List<Long>> wanted, boolean allowZero, long batch) {
    ReshapeTarget target = new ReshapeTarget(inputs, allowZero, batch);
    List<Long> sizes =
        wanted.stream().distinct().count() == 1
            ? target.fixed(wanted.get(0))
            : target.varying(wanted);
    return new Layout.Reshape(sizes, allowZero);
  }

  private List<Long> fixed(List<Long> wanted) {
    int place = placeOfBatch(wanted);
    boolean fits = inputs.stream().allMatch(input -> fits(wanted, input));
    if (place < 0 || (fits && wanted.get(place) != batch)) {
      return wanted;
    }
    List<Long> sizes = new ArrayList<>(resolved(wanted));
    sizes.set(place, -1L);
    return inputs.stream().allMatch(input -> fits(sizes, input)) ? sizes : wanted;
  }

  /**
   * Where sizes that are right for the file's batch size name the batch; -1 if nowhere, or if the
   * size at that place follows the batch as it is (-1, or 0 at the batch's own place).
   */
  private int placeOfBatch(List<Long> wanted) {
    int dim = batchDimension();
    if (dim < 0) {
      return -1;
    }
    List<Long> sizes = resolved(wanted);
    long before = Axes.product(inputs.get(0), 0, dim);
    long product = 1;
    for (int i = 0; i < sizes.size() && product <= before; i++) {
      if (product == before && sizes.get(i) % batch == 0) {
        boolean open = wanted.get(i) == -1 || (wanted.get(i) == 0 && i == dim);
        if (open) {
          return -1;
        }
        if (wanted.get(i) > 0) {
          return i;
        }
      }
      product *= sizes.get(i);
    }
    return -1;
  }

  private int batchDimension() {
    for (int i = 0; i < inputs.get(0).rank(); i++) {
      if (inputs.get(0).size(i) != inputs.get(inputs.size() - 1).size(i)) {
        return i;
      }
    }
    return -1;
  }

  /** The sizes for the file's own batch size; as they are where that does not work out. */
  private List<Long> resolved(List<Long> wanted) {
    int dim = batchDimension();
    long perImage = inputs.get(0).size(dim) / OnnxReading.PROBES.get(0);
    Shape own = inputs.get(0).with(dim, perImage * batch);
    if (!fits(wanted, own)) {
      return wanted;
    }
    Shape shape = new Layout.Reshape(wanted, allowZero).shape(List.of(own));
    List<Long> sizes = new ArrayList<>();
    for (long size : shape.toArray()) {
      sizes.add(size);
    }
    return sizes;
  }

  private boolean fits(List<Long> wanted, Shape input) {
    try {
      new Layout.Reshape(wanted, allowZero).shape(List.of(input));
      return true;
    } catch (IllegalArgumentException | ArithmeticException e) {
      return false;
    }
  }

  private List<Long> varying(List<List<Long>> wanted) {
    List<Long> first = wanted.get(0);
    List<Long> sizes = new ArrayList<>(first);
    int place = -1;
    for (int i = 0; i < first.size(); i++) {
      int at = i;
      if (wanted.stream().map(each -> each.get(at)).distinct().count() > 1) {
        if (place >= 0) {
          throw new IllegalArgumentException(
              "more than one size depends on the batch size: " + wanted);
        }
        place = i;
      }
    }
    int open = first.indexOf(-1L);
    if (open >= 0) {
      List<Long> worked = List.of(open(wanted, 0, open), open(wanted, inputs.size() - 1, open));
      if (!worked.get(0).equals(worked.get(1))) {
        if (place < inputs.get(0).rank() && inputs.get(0).size(place) == first.get(place)) {
          sizes.set(place, 0L);
          return sizes;
        }
        throw new IllegalArgumentException(
            "more than one size depends on the batch size: " + wanted);
      }
      sizes.set(open, worked.get(0));
    }
    sizes.set(place, -1L);
    return sizes;
  }

  private long open(List<List<Long>> wanted, int probe, int open) {
    return new Layout.Reshape(wanted.get(probe), allowZero)
        .shape(List.of(inputs.get(probe)))
        .size(open);
  }
}
