package io.adversight.attack;

import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Steps of equal length along a sum of gradients that fade.
 *
 * @param accumulation how a gradient is scaled before it is added
 * @param decay what is left of the sum after a step
 * @param norm in which a step is measured
 * @param length of a step
 */
record Momentum(Accumulation accumulation, double decay, Norm norm, double length)
    implements Ascent.Rule {

  /** The sum of gradients so far is the first of the memory. */
  @Override
  public Ascent.Move move(Ascent.Place place, Slope slope) {
    Tensor sum = accumulation.add(place.memory(), decay, slope.gradient(), norm);
    return new Ascent.Move(norm.steepest(sum).mul(length), List.of(sum));
  }
}
