package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Reduction;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * A dense associative memory that completes an image by its label (Krotov and Hopfield 2016). The
 * pixels v, in [-1, 1], are the visible units that are given; the label units x start at -1, and
 * one update sets each to c = tanh(h) (equation 9). The logit of class a is
 *
 * <pre>
 * h_a = sum over memories of F(s + 2 xi_a) - F(s),  F(z) = max(0, z / temperature)^power,
 * s = sum_i xi_i v_i - sum_b xi_b
 * </pre>
 *
 * with xi_i the memory's pixels and xi_a its label units; that is equation 9 with beta =
 * temperature^-power, for s is the sum with all label units at -1. The tanh belongs to the loss,
 * {@code PowerLoss}: (1 + c) / 2 is the sigmoid of 2 h, and neither the order of the classes nor,
 * where the tanh is saturated, the gradient should depend on it.
 *
 * @param memories how many are stored, each a row of {@value #MEMORIES}: the pixels, then the label
 *     units
 * @param power n of the rectified polynomial F
 * @param temperature what sums are divided by
 * @param mean of the first memories' elements
 * @param deviation standard deviation of the first memories' elements
 */
public record DenseAssociativeMemory(
    int memories, int power, double temperature, double mean, double deviation)
    implements Architecture {
  /** The name of the weights, (memories, pixels + classes). */
  public static final String MEMORIES = "memories";

  public DenseAssociativeMemory {
    Check.atLeast(1, memories, "memories");
    Check.within(2, 100, power, "power");
    Check.positive(temperature, "temperature");
    Check.within(-1.0, 1.0, mean, "mean");
    Check.within(0.0, 1.0, deviation, "deviation");
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    int pixels = input.channels() * input.height() * input.width();
    int units = pixels + classes;
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    plan.constant(MEMORIES, first(units, rng));
    String visible = plan.flattenMaps("visible", "pixels", input.height() * input.width());
    Layout off = new Layout.Pad(Layout.Pad.Mode.CONSTANT, List.of(0L, 0L, 0L, (long) classes), -1);
    String all = plan.apply("units", off, units, visible);
    String dense = plan.apply("sums", new Linear.Gemm(1, 1, false, true), memories, all, MEMORIES);
    String each = plan.apply("overlaps", new Layout.Unsqueeze(List.of(1)), memories, dense);
    String without = polynomial(plan, "off", each);
    String with = polynomial(plan, "on", plan.sum("switched", each, labels(plan, pixels, classes)));
    return plan.graph(plan.apply("logits", new Arithmetic.Sub(), classes, with, without));
  }

  /** Normally distributed elements, cut to [-1, 1]. */
  private Tensor first(int units, Rng rng) {
    float[] normal = rng.split(0).normal(memories * units);
    return Tensor.of(normal, memories, units).mul(deviation).add(mean).clamp(-1, 1);
  }

  /** Twice the label units of the memories, (classes, memories). */
  private String labels(GraphBuilder plan, int pixels, int classes) {
    List<Long> end = List.of((long) pixels + classes);
    Layout slice = new Layout.Slice(List.of((long) pixels), end, List.of(1), List.of(1L));
    String columns = plan.apply("label_units", slice, memories, MEMORIES);
    Layout transposed = new Layout.Transpose(List.of(1L, 0L));
    String rows = plan.apply("label_rows", transposed, memories, columns);
    return plan.apply("steps", new Arithmetic.Mul(), memories, rows, plan.number("two", 2));
  }

  /** The sum of F over the memories behind {@code sums}, (N, 1 or classes, memories). */
  private String polynomial(GraphBuilder plan, String place, String sums) {
    String scale = plan.number(place + ".temperature", temperature);
    String scaled = plan.apply("scaled_" + place, new Arithmetic.Div(), memories, sums, scale);
    String positive = plan.relu("relu_" + place, scaled);
    String exponent = plan.number(place + ".power", power);
    String powers =
        plan.apply("powers_" + place, new Arithmetic.Pow(), memories, positive, exponent);
    return plan.apply("energy_" + place, new Reduction.ReduceSum(List.of(2), false), 1, powers);
  }
}
