package io.adversight.training.loss;

import io.adversight.describe.Check;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.ProtoPNet;
import io.adversight.training.architecture.PrototypeHead;
import java.util.List;

/**
 * The loss of {@link ProtoPNet} (Chen et al. 2019, section 2.2): cross-entropy, plus what draws
 * each image to a prototype of its class and what keeps it from those of others, plus the sizes of
 * connections from prototypes to other classes.
 *
 * @param cluster weight of the mean squared distance to the nearest prototype of the own class
 * @param separation weight of minus that to the nearest of any other class
 * @param sparsity weight of the L1 norm of the last layer's connections to other classes
 */
public record PrototypeLoss(double cluster, double separation, double sparsity)
    implements PassLoss {
  private static final double FAR = 1e6;

  public PrototypeLoss {
    Check.atLeast(0.0, cluster, "cluster");
    Check.atLeast(0.0, separation, "separation");
    Check.atLeast(0.0, sparsity, "sparsity");
  }

  @Override
  public Tensor of(TrainingPass pass, Tensor labels) {
    return terms(pass, labels).sum();
  }

  @Override
  public LossTerms terms(TrainingPass pass, Tensor labels) {
    Tensor nearest = pass.value(PrototypeHead.DISTANCES).min(2, 3);
    Tensor last = pass.weight(PrototypeHead.LAST);
    int classes = (int) last.size(0);
    int count = (int) last.size(1);
    Tensor distances = nearest.reshape(-1, count);
    Tensor owners = owners(pass, count, classes).to(labels.device());
    Tensor own = labels.eq(owners.reshape(1, count));
    Tensor far = distances.fullLike(FAR);
    Tensor clst = own.choose(distances, far).min(1).mean();
    Tensor sep = own.choose(far, distances).min(1).mean().neg();
    Tensor others = owners.reshape(1, count).eq(numbers(classes).to(labels.device())).not();
    Tensor wrong = last.abs().mul(others.asFloat().like(last)).sum();
    return new LossTerms(
        List.of(
            new LossTerms.Term("cross_entropy", 1, new CrossEntropy(0).of(pass, labels)),
            new LossTerms.Term("cluster", cluster, clst),
            new LossTerms.Term("separation", separation, sep),
            new LossTerms.Term("sparsity", sparsity, wrong)));
  }

  private static Tensor owners(TrainingPass pass, int count, int classes) {
    long[] owners = new long[count];
    for (int i = 0; i < count; i++) {
      owners[i] = pass.owners().isEmpty() ? i / (count / classes) : pass.owners().get(i);
    }
    return Tensor.of(owners, count);
  }

  private static Tensor numbers(int classes) {
    long[] numbers = new long[classes];
    for (int i = 0; i < classes; i++) {
      numbers[i] = i;
    }
    return Tensor.of(numbers, classes, 1);
  }
}
