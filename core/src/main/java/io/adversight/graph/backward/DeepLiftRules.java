package io.adversight.graph.backward;

import io.adversight.graph.BackwardRules;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Axes;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.PerImageOperator;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The rescale rule of DeepLIFT (Shrikumar et al. 2017, equations 4 and 5) for a batch whose second
 * half are the references of the first: the gradient becomes the multiplier, the difference of the
 * outputs over the difference of the inputs.
 *
 * <ul>
 *   <li>A function of one element at a time (ReLU, Clip, sigmoid, GELU, ...) has (f(x) - f(x')) /
 *       (x - x'); its gradient where x - x' is tiny.
 *   <li>A product of two activations (SiLU as x sigmoid(x), gates, queries with keys, attention
 *       with values) gives each factor the mean of the other over image and reference, which is
 *       exact.
 *   <li>A softmax is exp(x - log of the sum of exp(x)); a layer or instance normalisation the
 *       product of x less its mean and a power of the mean of its squares.
 *   <li>Max-pooling gives what it gains over the reference to the winner in the image, and what it
 *       loses to the winner in the reference.
 *   <li>Local response normalisation is a product of x and a power of a sum of squares.
 *   <li>Linear operators have their true gradient. So have the largest or smallest of several
 *       activations and norms over an axis, for which the sum of contributions is not exact.
 * </ul>
 */
public record DeepLiftRules() implements BackwardRules {
  /** Differences below this, of numbers of the size 1, are noise in float32. */
  private static final double TINY = 1e-6;

  /** Scores are masked by numbers below minus this, or by minus infinity. */
  private static final double MASKED = 1e30;

  @Override
  public Tensor forward(Node node, List<Tensor> inputs) {
    Operator operator = node.operator();
    List<Tensor> recorded = inputs.stream().filter(Tensor::isRecorded).toList();
    if (recorded.isEmpty() || !isPaired(recorded.get(0))) {
      return operator.forward(inputs);
    }
    if (operator instanceof PerImageOperator) {
      return operator.forward(inputs);
    }
    Tensor x = recorded.get(0);
    return switch (operator.type()) {
      case "Softmax" -> softmax((Activation.Softmax) operator, x);
      case "LogSoftmax" -> logSoftmax((Activation.LogSoftmax) operator, x);
      case "LayerNormalization" -> normalized((Normalization.LayerNormalization) operator, inputs);
      case "InstanceNormalization" ->
          normalized((Normalization.InstanceNormalization) operator, inputs);
      case "MaxPool", "GlobalMaxPool" -> pooled(operator, x);
      case "LRN" -> normalized((Normalization.LRN) operator, x);
      case "Mul" -> recorded.size() == 2 ? product(x, recorded.get(1)) : operator.forward(inputs);
      case "Div" ->
          recorded.size() == 2
              ? product(x, rescaled(Tensor::reciprocal, recorded.get(1)))
              : ofOne(operator, inputs, x);
      default ->
          operator instanceof Linear && recorded.size() > 1
              ? bilinear(operator, inputs)
              : operator instanceof Activation || operator.type().matches("Pow|PRelu|Max|Min")
                  ? ofOne(operator, inputs, x)
                  : operator.forward(inputs);
    };
  }

  private static boolean isPaired(Tensor x) {
    return x.rank() > 0 && x.size(0) % 2 == 0;
  }

  /** The references of the first half, the images of the second. */
  private static Tensor other(Tensor x) {
    return x.roll(0, x.size(0) / 2);
  }

  private static Tensor ofOne(Operator operator, List<Tensor> inputs, Tensor x) {
    long recorded = inputs.stream().filter(Tensor::isRecorded).count();
    Tensor value = operator.forward(inputs);
    if (recorded != 1 || !value.shape().equals(x.shape())) {
      return value;
    }
    return rescaled(
        replaced -> operator.forward(inputs.stream().map(in -> in == x ? replaced : in).toList()),
        x);
  }

  /** f(x) with the multiplier (f(x) - f(x')) / (x - x'). */
  private static Tensor rescaled(UnaryOperator<Tensor> f, Tensor x) {
    Tensor leaf = x.leaf();
    Tensor value = f.apply(leaf);
    Tensor gradient = value.isRecorded() ? Gradients.of(value, leaf) : leaf.fullLike(0);
    Tensor y = value.detach();
    Tensor fixed = x.detach();
    Tensor size = fixed.abs().maximum(other(fixed).abs()).maximum(fixed.fullLike(1));
    Tensor difference = fixed.sub(other(fixed)).div(size);
    Tensor multiplier =
        Recorded.quotient(y.sub(other(y)), difference, TINY, gradient.mul(size)).div(size);
    return Recorded.as(y, x.mul(multiplier));
  }

  /** a b - a' b' = (a - a') (b + b') / 2 + (b - b') (a + a') / 2. */
  private static Tensor product(Tensor a, Tensor b) {
    return Recorded.as(a.detach().mul(b.detach()), a.mul(mean(b)).add(b.mul(mean(a))));
  }

  /** The mean over image and reference, a constant. */
  private static Tensor mean(Tensor x) {
    Tensor fixed = x.detach();
    return fixed.add(other(fixed)).div(2);
  }

  /** The same for an operator that is linear in each of two inputs that are computed. */
  private static Tensor bilinear(Operator operator, List<Tensor> inputs) {
    List<Integer> computed =
        IntStream.range(0, inputs.size()).filter(i -> inputs.get(i).isRecorded()).boxed().toList();
    int first = computed.get(0);
    int second = computed.get(1);
    List<Tensor> fixed = inputs.stream().map(Tensor::detach).toList();
    List<Tensor> ofFirst = new ArrayList<>(inputs);
    ofFirst.set(second, mean(inputs.get(second)));
    List<Tensor> ofSecond = new ArrayList<>(fixed);
    ofSecond.set(first, mean(inputs.get(first)));
    ofSecond.set(second, inputs.get(second));
    return Recorded.as(
        operator.forward(fixed), operator.forward(ofFirst).add(operator.forward(ofSecond)));
  }

  /** exp(x - L), where L is the logarithm of the sum of exp(x). */
  private static Tensor softmax(Activation.Softmax softmax, Tensor x) {
    int[] dims = dims(softmax.axis(), softmax.flatten(), x.rank());
    return rescaled(Tensor::exp, lessLogSum(x, dims));
  }

  private static Tensor logSoftmax(Activation.LogSoftmax softmax, Tensor x) {
    return lessLogSum(x, dims(softmax.axis(), softmax.flatten(), x.rank()));
  }

  /**
   * x - L. By the rescale rule for exp and log, L - L' is the sum of w (x - x') with w = (e - e') /
   * (x - x') (L - L') / (S - S'), where S = exp(L) is the sum of e = exp(x); all powers are taken
   * relative to the larger S, so that none overflows.
   */
  private static Tensor lessLogSum(Tensor unbounded, int... dims) {
    Tensor x = unbounded.clamp(-MASKED, MASKED);
    Tensor fixed = x.detach();
    Tensor peak = fixed.max(dims);
    Tensor logSum = fixed.sub(peak).exp().sum(dims).log().add(peak);
    Tensor larger = logSum.maximum(other(logSum));
    Tensor powers = fixed.sub(larger).exp();
    Tensor sum = logSum.sub(larger).exp();
    Tensor ofPowers =
        Recorded.quotient(powers.sub(other(powers)), fixed.sub(other(fixed)), TINY, powers);
    Tensor ofSum = Recorded.quotient(sum.sub(other(sum)), logSum.sub(other(logSum)), TINY, sum);
    return x.sub(Recorded.as(logSum, x.mul(ofPowers.div(ofSum)).sum(dims)));
  }

  private static int[] dims(int axis, boolean andFurther, int rank) {
    int first = Axes.of(axis, rank);
    return IntStream.rangeClosed(first, andFurther ? rank - 1 : first).toArray();
  }

  private static Tensor normalized(Normalization.LayerNormalization norm, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    Tensor scaled =
        normalized(x, norm.epsilon(), dims(norm.axis(), true, x.rank())).mul(inputs.get(1));
    return inputs.size() > 2 ? scaled.add(inputs.get(2)) : scaled;
  }

  private static Tensor normalized(Normalization.InstanceNormalization norm, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    long[] channels = new long[x.rank()];
    Arrays.fill(channels, 1);
    channels[1] = -1;
    return normalized(x, norm.epsilon(), IntStream.range(2, x.rank()).toArray())
        .mul(inputs.get(1).reshape(channels))
        .add(inputs.get(2).reshape(channels));
  }

  /** (x - mean) (variance + epsilon)^-1/2 over some dimensions. */
  private static Tensor normalized(Tensor x, double epsilon, int... dims) {
    Tensor centred = x.sub(x.mean(dims));
    Tensor variance = rescaled(Tensor::square, centred).mean(dims);
    return product(centred, rescaled(v -> v.add(epsilon).pow(-0.5), variance));
  }

  private static Tensor pooled(Operator pool, Tensor x) {
    Tensor fixed = x.detach();
    Tensor reference = other(fixed);
    Tensor y = pool.forward(List.of(fixed));
    Tensor before = other(y);
    Tensor larger = y.maximum(before);
    Tensor difference = fixed.sub(reference);
    Tensor zero = fixed.fullLike(0);
    Tensor perUnit = x.mul(Recorded.quotient(fixed.fullLike(1), difference, TINY, zero));
    Tensor gained = routed(pool, fixed, perUnit).mul(larger.sub(before));
    Tensor lost = routed(pool, reference, perUnit).mul(y.sub(larger));
    Tensor unchanged = difference.abs().le(TINY).choose(x, zero);
    return Recorded.as(y, gained.add(lost).add(routed(pool, fixed, unchanged)));
  }

  /** 0, with the gradient by which {@code value} would pass the winners among {@code x}. */
  private static Tensor routed(Operator pool, Tensor x, Tensor value) {
    Tensor recorded = pool.forward(List.of(x.add(value.sub(value.detach()))));
    return recorded.sub(recorded.detach());
  }

  private static Tensor normalized(Normalization.LRN lrn, Tensor x) {
    Tensor squares = rescaled(Tensor::square, x);
    Tensor base = lrn.base(squares);
    return product(x, rescaled(s -> s.pow(-lrn.beta()), base));
  }
}
