package io.adversight.graph.derivative;

import io.adversight.graph.operator.AutoPad;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Sliding;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that are linear in an input: their gradient is the transposed operation. */
final class LinearRules {
  private LinearRules() {}

  static void into(GradientRules.Table table) {
    table
        .put(Linear.Conv.class, LinearRules::conv)
        .put(Linear.ConvTranspose.class, LinearRules::convTranspose)
        .put(Linear.Gemm.class, LinearRules::gemm)
        .put(Linear.MatMul.class, LinearRules::matmul)
        .put(
            Linear.CumSum.class,
            (sum, at, i) ->
                at.x()
                    .graph()
                    .add(
                        new Linear.CumSum(sum.axis(), sum.exclusive(), !sum.reverse()), at.whole()))
        .put(Linear.Einsum.class, LinearRules::einsum);
  }

  /**
   * A convolution with stride 1 is undone by one with turned kernels, a strided one by a transposed
   * convolution with the same weights.
   */
  private static Expression conv(Linear.Conv conv, Step at, int input) {
    if (input != 0) {
      throw at.without("its weights depend on the pixels");
    }
    Shape x = at.x().shape();
    Expression weight = at.inputs().get(1);
    List<Long> pads = conv.pads(x, weight.shape());
    List<Long> around = new ArrayList<>();
    List<Long> outputPadding = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      around.add(span(weight, conv.dilations(), i % 2) - 1 - pads.get(i));
    }
    for (int i = 0; i < 2; i++) {
      long left = x.size(2 + i) + pads.get(i) + pads.get(i + 2) - span(weight, conv.dilations(), i);
      outputPadding.add(left % conv.strides().get(i));
    }
    boolean dense = conv.strides().equals(List.of(1L, 1L));
    if (dense && around.stream().allMatch(pad -> pad >= 0)) {
      return weight
          .graph()
          .add(
              new Linear.Conv(conv.strides(), around, conv.dilations(), conv.groups()),
              at.whole(),
              turned(weight, conv.groups()));
    }
    return weight
        .graph()
        .add(
            new Linear.ConvTranspose(
                conv.strides(),
                pads,
                conv.dilations(),
                outputPadding,
                List.of(),
                conv.groups(),
                AutoPad.NOTSET),
            at.whole(),
            weight);
  }

  private static long span(Expression weight, List<Long> dilations, int i) {
    return Sliding.span(weight.size(2 + i), dilations.get(i));
  }

  /** Kernels turned by 180 degrees, inputs and outputs of each group exchanged. */
  private static Expression turned(Expression weight, long groups) {
    long outputs = weight.size(0) / groups;
    long inputs = weight.size(1);
    long rows = weight.size(2);
    long columns = weight.size(3);
    return weight
        .reshaped(List.of(groups, outputs, inputs, rows, columns))
        .transposed(List.of(0L, 2L, 1L, 3L, 4L))
        .reshaped(List.of(groups * inputs, outputs, rows, columns))
        .reversed(2)
        .reversed(3);
  }

  private static Expression convTranspose(Linear.ConvTranspose conv, Step at, int input) {
    if (input != 0) {
      throw at.without("its weights depend on the pixels");
    }
    Shape x = at.x().shape();
    Expression weight = at.inputs().get(1);
    Shape full = at.output().shape();
    List<Long> pads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      pads.add(conv.cutBefore(x, weight.shape(), i));
    }
    for (int i = 0; i < 2; i++) {
      // What the last window needs beyond the result.
      long needed = (x.size(2 + i) - 1) * conv.strides().get(i) + span(weight, conv.dilations(), i);
      pads.add(needed - pads.get(i) - full.size(2 + i));
    }
    Expression gradient = at.whole();
    if (pads.stream().anyMatch(pad -> pad < 0)) {
      gradient =
          gradient.padded(
              List.of(0L, 0L, pads.get(0), pads.get(1), 0L, 0L, pads.get(2), pads.get(3)), 0);
      pads = List.of(0L, 0L, 0L, 0L);
    }
    return weight
        .graph()
        .add(
            new Linear.Conv(conv.strides(), pads, conv.dilations(), conv.groups()),
            gradient,
            weight);
  }

  private static Expression gemm(Linear.Gemm gemm, Step at, int input) {
    Expression gradient = at.whole();
    Expression a = at.x();
    Expression b = at.inputs().get(1);
    boolean transA = gemm.transA();
    boolean transB = gemm.transB();
    return switch (input) {
      case 0 ->
          transA
              ? product(gemm.alpha(), b, transB, gradient, true)
              : product(gemm.alpha(), gradient, false, b, !transB);
      case 1 ->
          transB
              ? product(gemm.alpha(), gradient, true, a, transA)
              : product(gemm.alpha(), a, !transA, gradient, false);
      default -> gradient.summedTo(at.inputs().get(2)).times(gemm.beta());
    };
  }

  private static Expression product(
      double alpha, Expression a, boolean transA, Expression b, boolean transB) {
    return a.graph().add(new Linear.Gemm(alpha, 1, transA, transB), a, b);
  }

  private static Expression matmul(Linear.MatMul matmul, Step at, int input) {
    Expression a = at.x();
    Expression b = at.inputs().get(1);
    Expression left = a.rank() == 1 ? a.unsqueezed(0) : a;
    Expression right = b.rank() == 1 ? b.unsqueezed(1) : b;
    Expression gradient = at.whole();
    if (b.rank() == 1) {
      gradient = gradient.unsqueezed(gradient.rank());
    }
    if (a.rank() == 1) {
      gradient = gradient.unsqueezed(gradient.rank() - 1);
    }
    Expression found =
        input == 0
            ? gradient.matmul(right.transposed()).summedTo(left)
            : left.transposed().matmul(gradient).summedTo(right);
    return found.reshapedLike(input == 0 ? a : b);
  }

  /** The result takes the place of the input: one letter of every other term must remain. */
  private static Expression einsum(Linear.Einsum einsum, Step at, int input) {
    String[] sides = einsum.equation().split("->", -1);
    if (sides.length != 2 || einsum.equation().contains(".")) {
      throw at.without("the equation %s leaves letters out".formatted(einsum.equation()));
    }
    List<String> terms = List.of(sides[0].split(",", -1));
    String wanted = terms.get(input);
    StringBuilder others = new StringBuilder(sides[1]);
    List<Expression> inputs = new ArrayList<>(List.of(at.whole()));
    for (int k = 0; k < terms.size(); k++) {
      if (k != input) {
        others.append(',').append(terms.get(k));
        inputs.add(at.inputs().get(k));
      }
    }
    boolean isSum =
        wanted.chars().distinct().count() != wanted.length()
            || !wanted.chars().allMatch(letter -> others.indexOf("" + (char) letter) >= 0);
    boolean broadcasts =
        IntStream.range(0, wanted.length()).anyMatch(i -> at.inputs().get(input).size(i) == 1);
    if (isSum || broadcasts) {
      throw at.without("the equation %s repeats or drops letters".formatted(einsum.equation()));
    }
    return at.x()
        .graph()
        .add(new Linear.Einsum(others + "->" + wanted), inputs.toArray(Expression[]::new));
  }
}
