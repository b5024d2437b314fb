package io.adversight.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;

/**
 * Steps scaled by running averages of the gradient and of its square (Kingma and Ba 2015, algorithm
 * 1), with weight decay apart from them (Loshchilov and Hutter 2019, algorithm 2).
 *
 * @param beta1 how much of the average gradient stays at each step
 * @param beta2 how much of the average square stays at each step
 * @param epsilon added to the root of the average square
 * @param weightDecay share of a weight that is taken away per step and unit of rate, for tensors of
 *     two or more dimensions
 */
public record Adam(double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {
  public Adam {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "beta1 and beta2 must be in [0, 1), but were %s and %s".formatted(beta1, beta2));
    }
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("epsilon must be positive, but was " + epsilon);
    }
    if (!(weightDecay >= 0)) {
      throw new IllegalArgumentException("weightDecay must be at least 0, but was " + weightDecay);
    }
  }

  /** The paper's setting, without weight decay. */
  public Adam() {
    this(0.9, 0.999, 1e-8, 0);
  }

  @Override
  public State start(List<Tensor> values) {
    return Averages.zero(values, 2);
  }

  @Override
  public State step(State state, List<Tensor> gradients, double rate) {
    Averages.match(state, gradients);
    int count = gradients.size();
    long t = state.steps() + 1;
    double first = 1 - Math.pow(beta1, (double) t);
    double second = 1 - Math.pow(beta2, (double) t);
    List<Tensor> values = new ArrayList<>();
    List<Tensor> means = new ArrayList<>();
    List<Tensor> squares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Tensor value = state.values().get(i);
      Tensor g = gradients.get(i);
      Tensor mean = state.memory().get(i).towards(g, 1 - beta1);
      Tensor square = square(state.memory().get(count + i), g);
      Tensor scale = scale(square, 1 / Math.sqrt(second));
      Tensor kept = Averages.decays(value, weightDecay) ? value.mul(1 - rate * weightDecay) : value;
      values.add(kept.addQuotient(mean, scale, -rate / first));
      means.add(mean);
      squares.add(square);
    }
    means.addAll(squares);
    return new State(values, means, t);
  }

  private Tensor square(Tensor before, Tensor g) {
    return Tensor.run(
        () ->
            before
                .handle()
                .mul(new Scalar(beta2))
                .addcmul_(g.handle(), g.handle(), new Scalar(1 - beta2)));
  }

  private Tensor scale(Tensor square, double factor) {
    return Tensor.run(
        () -> square.handle().sqrt().mul_(new Scalar(factor)).add_(new Scalar(epsilon)));
  }
}
