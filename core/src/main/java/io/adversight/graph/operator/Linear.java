package io.adversight.graph.operator;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Operators that are linear in their first input, with weights as further inputs. */
public sealed interface Linear extends Operator {
  /**
   * Cross-correlation with weights (M, C / groups, kh, kw) and an optional bias.
   *
   * @param strides rows, columns
   * @param pads top, left, bottom, right
   * @param dilations rows, columns
   * @param groups how many groups of channels are kept apart
   * @param autoPad whether the padding follows from the input's size
   */
  record Conv(
      List<Long> strides, List<Long> pads, List<Long> dilations, long groups, AutoPad autoPad)
      implements Linear {
    public Conv {
      strides = List.copyOf(strides);
      pads = List.copyOf(pads);
      dilations = List.copyOf(dilations);
      Sliding.check(List.of(1L, 1L), strides, pads, dilations);
      checkGroups(groups);
    }

    /** With the given padding. */
    public Conv(List<Long> strides, List<Long> pads, List<Long> dilations, long groups) {
      this(strides, pads, dilations, groups, AutoPad.NOTSET);
    }

    /** The padding (top, left, bottom, right) for an input and weights of these shapes. */
    public List<Long> pads(Shape x, Shape weight) {
      long spanY = Sliding.span(weight.size(2), dilations.get(0));
      long spanX = Sliding.span(weight.size(3), dilations.get(1));
      return autoPad.pads(pads, x.size(2), x.size(3), spanY, spanX, strides);
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor weight = inputs.get(1);
      Tensor bias = inputs.size() > 2 ? inputs.get(2) : null;
      Padding padding = Padding.of(pads(inputs.get(0).shape(), weight.shape()));
      Tensor x = padding.apply(inputs.get(0), 0);
      Kernels.Window window = new Kernels.Window(strides, padding.symmetric(), dilations);
      return Kernels.conv(x, weight, bias, window, groups);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      Shape weight = inputs.get(1);
      Axes.requireRank(weight, 4, "the weights (only convolutions over rows and columns)");
      Axes.requireRank(x, 4, "the input");
      if (x.size(1) != weight.size(1) * groups
          || weight.size(0) % groups != 0
          || weight.elements() == 0) {
        throw new IllegalArgumentException(
            "weights %s in %s groups do not fit an input %s".formatted(weight, groups, x));
      }
      checkBias(inputs, weight.size(0));
      List<Long> p = pads(x, weight);
      for (int i = 0; i < 4; i++) {
        long size = x.size(2 + i % 2);
        long span = Sliding.span(weight.size(2 + i % 2), dilations.get(i % 2));
        if (p.get(i) > size + span) {
          throw new IllegalArgumentException(
              "pads %s are larger than the input %s and a window of %s".formatted(p, x, span));
        }
      }
      long height =
          new Sliding(
                  x.size(2),
                  weight.size(2),
                  strides.get(0),
                  p.get(0),
                  p.get(2),
                  dilations.get(0),
                  false)
              .windows();
      long width =
          new Sliding(
                  x.size(3),
                  weight.size(3),
                  strides.get(1),
                  p.get(1),
                  p.get(3),
                  dilations.get(1),
                  false)
              .windows();
      return Shape.of(x.size(0), weight.size(0), height, width);
    }

    @Override
    public double work(List<Shape> inputs, Shape output) {
      Shape weight = inputs.get(1);
      return (double) output.elements() * weight.elements() / weight.size(0);
    }
  }

  /**
   * The transposed convolution with weights (C, M / groups, kh, kw) and an optional bias.
   *
   * @param strides rows, columns
   * @param pads what is cut off: top, left, bottom, right
   * @param dilations rows, columns
   * @param outputPadding rows, columns added at the end
   * @param outputShape rows, columns of the result, from which the padding follows; or empty
   * @param groups how many groups of channels are kept apart
   * @param autoPad whether the padding follows from the input's size, or where its odd row goes
   */
  record ConvTranspose(
      List<Long> strides,
      List<Long> pads,
      List<Long> dilations,
      List<Long> outputPadding,
      List<Long> outputShape,
      long groups,
      AutoPad autoPad)
      implements Linear {
    public ConvTranspose {
      strides = List.copyOf(strides);
      pads = List.copyOf(pads);
      dilations = List.copyOf(dilations);
      outputPadding = List.copyOf(outputPadding);
      outputShape = List.copyOf(outputShape);
      Sliding.check(List.of(1L, 1L), strides, pads, dilations);
      checkGroups(groups);
      for (int i = 0; i < 2; i++) {
        long most = Math.max(strides.get(i), dilations.get(i)) - 1;
        if (outputPadding.size() != 2 || outputPadding.get(i) < 0 || outputPadding.get(i) > most) {
          throw new IllegalArgumentException(
              "output_padding must be two numbers below the stride or dilation, but is "
                  + outputPadding);
        }
      }
      if (!outputShape.isEmpty() && outputShape.size() != 2) {
        throw new IllegalArgumentException("output_shape must be two numbers: " + outputShape);
      }
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor weight = inputs.get(1);
      Tensor bias = inputs.size() > 2 ? inputs.get(2) : null;
      List<Long> cut = cut(inputs.get(0).shape(), weight.shape());
      Padding padding = Padding.of(cut);
      Kernels.Window window = new Kernels.Window(strides, padding.symmetric(), dilations);
      Tensor full =
          Kernels.convTranspose(inputs.get(0), weight, bias, window, outputPadding, groups);
      return padding.explicit()
          ? Padding.around(full, cut.stream().map(each -> -each).toList(), 0)
          : full;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      Shape weight = inputs.get(1);
      Axes.requireRank(weight, 4, "the weights (only convolutions over rows and columns)");
      Axes.requireRank(x, 4, "the input");
      if (x.size(1) != weight.size(0) || weight.size(0) % groups != 0 || weight.elements() == 0) {
        throw new IllegalArgumentException(
            "weights %s in %s groups do not fit an input %s".formatted(weight, groups, x));
      }
      checkBias(inputs, weight.size(1) * groups);
      List<Long> cut = cut(x, weight);
      long height = full(x, weight, 0) - cut.get(0) - cut.get(2);
      long width = full(x, weight, 1) - cut.get(1) - cut.get(3);
      if (height < 1 || width < 1) {
        throw new IllegalArgumentException("the padding %s leaves nothing".formatted(cut));
      }
      return Shape.of(x.size(0), weight.size(1) * groups, height, width);
    }

    @Override
    public double work(List<Shape> inputs, Shape output) {
      Shape weight = inputs.get(1);
      return (double) inputs.get(0).elements() * weight.elements() / weight.size(0);
    }

    private long full(Shape x, Shape weight, int i) {
      return (x.size(2 + i) - 1) * strides.get(i)
          + Sliding.span(weight.size(2 + i), dilations.get(i))
          + outputPadding.get(i);
    }

    /** How many rows (0) or columns (1) of the full result are cut off at the beginning. */
    public long cutBefore(Shape x, Shape weight, int dim) {
      return cut(x, weight).get(dim);
    }

    private List<Long> cut(Shape x, Shape weight) {
      if (outputShape.isEmpty() && autoPad == AutoPad.NOTSET) {
        return pads;
      }
      if (outputShape.isEmpty() && autoPad == AutoPad.VALID) {
        return List.of(0L, 0L, 0L, 0L);
      }
      Long[] cut = new Long[4];
      for (int i = 0; i < 2; i++) {
        long wanted = outputShape.isEmpty() ? x.size(2 + i) * strides.get(i) : outputShape.get(i);
        long total = full(x, weight, i) - wanted;
        if (total < 0) {
          throw new IllegalArgumentException(
              "an output of %s is larger than the convolution's".formatted(wanted));
        }
        cut[i] = autoPad == AutoPad.SAME_UPPER ? total / 2 : total - total / 2;
        cut[i + 2] = total - cut[i];
      }
      return Arrays.asList(cut);
    }
  }

  /**
   * alpha A' B' + beta C, where A' and B' may be transposed.
   *
   * @param alpha factor of the product
   * @param beta factor of C
   * @param transA whether A is transposed first
   * @param transB whether B is transposed first
   */
  record Gemm(double alpha, double beta, boolean transA, boolean transB) implements Linear {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor a = transA ? inputs.get(0).transpose(0, 1) : inputs.get(0);
      Tensor bias = inputs.size() > 2 ? inputs.get(2) : null;
      long columns = inputs.get(1).size(transB ? 0 : 1);
      boolean plain = bias == null || (bias.rank() == 1 && bias.size(0) == columns);
      if (alpha == 1 && beta == 1 && plain) {
        Tensor weight = transB ? inputs.get(1) : inputs.get(1).transpose(0, 1);
        return Kernels.linear(a, weight, bias);
      }
      Tensor b = transB ? inputs.get(1).transpose(0, 1) : inputs.get(1);
      Tensor product = a.matmul(b).mul(alpha);
      return bias == null ? product : product.add(bias.mul(beta));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape a = inputs.get(0);
      Shape b = inputs.get(1);
      Axes.requireRank(a, 2, "A");
      Axes.requireRank(b, 2, "B");
      if (a.size(transA ? 0 : 1) != b.size(transB ? 1 : 0)) {
        throw new IllegalArgumentException("%s and %s cannot be multiplied".formatted(a, b));
      }
      Shape product = Shape.of(a.size(transA ? 1 : 0), b.size(transB ? 0 : 1));
      if (inputs.size() > 2 && !Axes.broadcast(product, inputs.get(2)).equals(product)) {
        throw new IllegalArgumentException(
            "C %s cannot be added to %s".formatted(inputs.get(2), product));
      }
      return product;
    }

    @Override
    public double work(List<Shape> inputs, Shape output) {
      return (double) output.elements() * inputs.get(0).size(transA ? 0 : 1);
    }
  }

  /** The matrix product of the last two dimensions; those before broadcast. */
  record MatMul() implements Linear {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.get(0).matmul(inputs.get(1));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape a = inputs.get(0);
      Shape b = inputs.get(1);
      if (a.rank() == 0 || b.rank() == 0) {
        throw new IllegalArgumentException("numbers are no matrices");
      }
      Shape left = a.rank() == 1 ? Shape.of(1, a.size(0)) : a;
      Shape right = b.rank() == 1 ? Shape.of(b.size(0), 1) : b;
      if (left.size(-1) != right.size(-2)) {
        throw new IllegalArgumentException("%s and %s cannot be multiplied".formatted(a, b));
      }
      long[] outer = Axes.broadcast(outer(left), outer(right)).toArray();
      long[] inner = {a.rank() == 1 ? -1 : left.size(-2), b.rank() == 1 ? -1 : right.size(-1)};
      return Shape.of(
          LongStream.concat(Arrays.stream(outer), Arrays.stream(inner))
              .filter(size -> size >= 0)
              .toArray());
    }

    @Override
    public double work(List<Shape> inputs, Shape output) {
      return (double) output.elements() * inputs.get(0).size(-1);
    }

    private static Shape outer(Shape shape) {
      return Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 2));
    }
  }

  /**
   * The running sum along {@code axis}.
   *
   * @param axis counted from the last if negative
   * @param exclusive whether an element is not part of its own sum
   * @param reverse whether the sum runs from the end
   */
  record CumSum(int axis, boolean exclusive, boolean reverse) implements Linear {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      int dim = Axes.of(axis, x.rank());
      Tensor ordered = reverse ? x.flip(dim) : x;
      Tensor sum = ordered.cumulativeSum(dim);
      Tensor part = exclusive ? sum.sub(ordered) : sum;
      return reverse ? part.flip(dim) : part;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Axes.of(axis, inputs.get(0).rank());
      return inputs.get(0);
    }
  }

  /**
   * A sum of products by Einstein's convention.
   *
   * @param equation such as {@code bij,bjk->bik}, without spaces; dimensions that have no letter
   *     stand as three dots
   */
  record Einsum(String equation) implements Linear {
    private static final String DOTS = "...";

    @Override
    public Tensor forward(List<Tensor> inputs) {
      return Kernels.einsum(equation, inputs);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Map<Character, Long> sizes = new TreeMap<>();
      Shape dots = sizes(inputs, sizes);
      List<Long> result = new ArrayList<>();
      String output = output(sizes.keySet());
      for (int i = 0; i < output.length(); i++) {
        if (output.startsWith(DOTS, i)) {
          LongStream.of(dots.toArray()).forEach(result::add);
          i += 2;
        } else {
          Long size = sizes.get(output.charAt(i));
          if (size == null) {
            throw new IllegalArgumentException(
                "%s names %s in its result only".formatted(equation, output.charAt(i)));
          }
          result.add(size);
        }
      }
      return Shape.of(result.stream().mapToLong(Long::longValue).toArray());
    }

    /** Fills in the size of each letter; gives the common shape of the dimensions without one. */
    private Shape sizes(List<Shape> inputs, Map<Character, Long> sizes) {
      List<String> terms = List.of(equation.split("->", -1)[0].split(",", -1));
      if (terms.size() != inputs.size()) {
        throw new IllegalArgumentException(
            "%s does not fit %s inputs".formatted(equation, inputs.size()));
      }
      Shape dots = Shape.of();
      for (int k = 0; k < terms.size(); k++) {
        String term = terms.get(k);
        Shape input = inputs.get(k);
        int at = term.indexOf(DOTS);
        String letters = term.replace(DOTS, "");
        int open = input.rank() - letters.length();
        if (open < 0 || (at < 0 && open != 0) || !letters.chars().allMatch(Character::isLetter)) {
          throw new IllegalArgumentException("%s does not fit %s".formatted(equation, input));
        }
        for (int i = 0; i < letters.length(); i++) {
          int dim = at >= 0 && i >= at ? i + open : i;
          long size = input.size(dim);
          long known = sizes.merge(letters.charAt(i), size, Math::max);
          if (known != size && size != 1) {
            throw new IllegalArgumentException(
                "%s has sizes %s and %s for %s"
                    .formatted(equation, known, size, letters.charAt(i)));
          }
        }
        if (at >= 0) {
          long[] part = Arrays.copyOfRange(input.toArray(), at, at + open);
          dots = Axes.broadcast(dots, Shape.of(part));
        }
      }
      return dots;
    }

    /** The letters of the result: where they are left out, those that stand once, in order. */
    private String output(Set<Character> letters) {
      int arrow = equation.indexOf("->");
      if (arrow >= 0) {
        return equation.substring(arrow + 2);
      }
      StringBuilder once = new StringBuilder(equation.contains(DOTS) ? DOTS : "");
      for (char letter : letters) {
        if (equation.indexOf(letter) == equation.lastIndexOf(letter)) {
          once.append(letter);
        }
      }
      return once.toString();
    }

    @Override
    public double work(List<Shape> inputs, Shape output) {
      Map<Character, Long> sizes = new TreeMap<>();
      double dots = (double) sizes(inputs, sizes).elements();
      return sizes.values().stream().mapToDouble(Long::doubleValue).reduce(dots, (a, b) -> a * b);
    }
  }

  private static void checkGroups(long groups) {
    if (groups < 1) {
      throw new IllegalArgumentException("group must be at least 1, but is " + groups);
    }
  }

  private static void checkBias(List<Shape> inputs, long channels) {
    if (inputs.size() > 2 && !inputs.get(2).equals(Shape.of(channels))) {
      throw new IllegalArgumentException(
          "the bias must have the shape (%s), but has %s".formatted(channels, inputs.get(2)));
    }
  }
}
