package io.adversight.graph.operator;

import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * An operator of a network that was made for one image, done for each image of a batch on its own.
 * Values of several images lie one after the other along the first dimension, as many rows for each
 * image; single numbers are one row.
 *
 * @param operator what is done for one image
 * @param rows of each input that belong to one image; {@link #SHARED} for a constant, {@link
 *     #NUMBER} for a single number
 */
public record PerImageOperator(Operator operator, List<Long> rows) implements Operator {
  /** The input is the same for all images. */
  public static final long SHARED = 0;

  /** The input is a number without dimensions for each image. */
  public static final long NUMBER = -1;

  public PerImageOperator {
    rows = List.copyOf(rows);
  }

  @Override
  public Tensor forward(List<Tensor> inputs) {
    int images = images(inputs.stream().map(Tensor::shape).toList());
    List<Tensor> results = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      List<Tensor> own = new ArrayList<>();
      for (int k = 0; k < inputs.size(); k++) {
        own.add(own(inputs.get(k), rows.get(k), i));
      }
      Tensor result = operator.forward(own);
      results.add(result.rank() == 0 ? result.reshape(1) : result);
    }
    return Tensor.concat(results, 0);
  }

  private static Tensor own(Tensor input, long rows, int image) {
    if (rows == SHARED) {
      return input;
    }
    return rows == NUMBER
        ? input.narrow(0, image, 1).reshape()
        : input.narrow(0, image * rows, rows);
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    int images = images(inputs);
    Shape one = operator.shape(ofOne(inputs));
    return one.rank() == 0 ? Shape.of(images) : one.with(0, one.size(0) * images);
  }

  @Override
  public double work(List<Shape> inputs, Shape output) {
    List<Shape> own = ofOne(inputs);
    return images(inputs) * operator.work(own, operator.shape(own));
  }

  @Override
  public Operator ofOneImage() {
    return operator;
  }

  @Override
  public String type() {
    return operator.type();
  }

  private List<Shape> ofOne(List<Shape> inputs) {
    List<Shape> own = new ArrayList<>();
    for (int k = 0; k < inputs.size(); k++) {
      long count = rows.get(k);
      own.add(
          count == SHARED
              ? inputs.get(k)
              : count == NUMBER ? Shape.of() : inputs.get(k).with(0, count));
    }
    return own;
  }

  private int images(List<Shape> inputs) {
    for (int k = 0; k < inputs.size(); k++) {
      if (rows.get(k) != SHARED) {
        return Math.toIntExact(inputs.get(k).size(0) / Math.abs(rows.get(k)));
      }
    }
    throw new IllegalStateException("nothing of an image comes into " + operator);
  }
}
