package io.adversight.graph.backward;

import io.adversight.graph.BackwardRules;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.PerImageOperator;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The rescale rule of DeepLIFT (Shrikumar et al. 2017, equations 4 and 5) for a batch whose second
 * half are the references of the first: the gradient becomes the multiplier, the difference of the
 * outputs over the difference of the inputs.
 *
 * <ul>
 *   <li>A function of one element at a time (ReLU, Clip, sigmoid, GELU, ...) has (f(x) - f(x')) /
 *       (x - x'); its gradient where x - x' is tiny.
 *   <li>A product of two activations (SiLU as x sigmoid(x), gates) gives each factor the mean of
 *       the other over image and reference, which is exact.
 *   <li>Max-pooling gives what it gains over the reference to the winner in the image, and what it
 *       loses to the winner in the reference.
 *   <li>Local response normalisation is a product of x and a power of a sum of squares.
 *   <li>Linear operators, and softmax and layer normalisation inside a network, have their true
 *       gradient; for the last two the sum of contributions is then not exact.
 * </ul>
 */
public record DeepLiftRules() implements BackwardRules {
  /** Differences below this are noise in float32. */
  private static final double TINY = 1e-6;

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
      case "Softmax", "LogSoftmax" -> operator.forward(inputs);
      case "MaxPool", "GlobalMaxPool" -> pooled(operator, x);
      case "LRN" -> normalized((Normalization.LRN) operator, x);
      case "Mul" -> recorded.size() == 2 ? product(x, recorded.get(1)) : operator.forward(inputs);
      case "Div" ->
          recorded.size() == 2
              ? product(x, rescaled(Tensor::reciprocal, recorded.get(1)))
              : ofOne(operator, inputs, x);
      default ->
          operator instanceof Activation || operator.type().matches("Pow|PRelu|Max|Min")
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
    Tensor multiplier = Recorded.quotient(y.sub(other(y)), fixed.sub(other(fixed)), TINY, gradient);
    return Recorded.as(y, x.mul(multiplier));
  }

  /** a b - a' b' = (a - a') (b + b') / 2 + (b - b') (a + a') / 2. */
  private static Tensor product(Tensor a, Tensor b) {
    Tensor fixedA = a.detach();
    Tensor fixedB = b.detach();
    Tensor meanA = fixedA.add(other(fixedA)).div(2);
    Tensor meanB = fixedB.add(other(fixedB)).div(2);
    return Recorded.as(fixedA.mul(fixedB), a.mul(meanB).add(b.mul(meanA)));
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
