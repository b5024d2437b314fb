package io.adversight.graph.derivative;

import io.adversight.graph.operator.Activation.Function;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Arithmetic.Relation;
import io.adversight.graph.operator.Reduction;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.stream.LongStream;

/** A number per image that a graph computes of its logits, (N, classes), and of a further input. */
public enum GraphObjective {
  /** The logit z_y of a class. */
  LOGIT {
    @Override
    public Expression values(Expression logits, Expression target) {
      return logits.times(isClass(logits, target)).sum(CLASSES);
    }
  },
  /**
   * The cross-entropy -log p_y as log (1 + sum over i other than y of exp (z_i - z_y)), which keeps
   * its precision where p_y rounds to 1.
   */
  CROSS_ENTROPY {
    @Override
    public Expression values(Expression logits, Expression target) {
      Expression isClass = isClass(logits, target);
      Expression own = logits.times(isClass).sum(CLASSES);
      Expression behind = logits.minus(own).times(isClass.fromOne());
      return behind.graph().add(new Reduction.ReduceLogSumExp(CLASSES, true), behind);
    }
  },
  /** The margin z_y - max over i other than y of z_i. */
  MARGIN {
    @Override
    public Expression values(Expression logits, Expression target) {
      Expression isClass = isClass(logits, target);
      Expression own = logits.times(isClass).sum(CLASSES);
      Expression others = logits.times(isClass.fromOne()).plus(isClass.times(LOWEST));
      return own.minus(others.max(CLASSES));
    }
  },
  /** The sum of the logits times weights, (N, classes): any gradient of the logits. */
  WEIGHTED {
    @Override
    public Expression target(GraphExtension graph, Expression logits) {
      return graph.rows(graph.free("weights", ""), Tensor.zeros(1, logits.size(1)));
    }

    @Override
    public Expression values(Expression logits, Expression target) {
      return logits.times(target).sum(CLASSES);
    }
  };

  private static final List<Integer> CLASSES = List.of(1);

  /** Below every logit, and still finite. */
  private static final double LOWEST = -1e30;

  /** The further input: the index of a class for each image, (N) whole numbers, unless it says. */
  public Expression target(GraphExtension graph, Expression logits) {
    return graph.rows(graph.free("class", ""), Tensor.of(new long[] {0}, 1));
  }

  /** The number of each image, (N, 1). */
  public abstract Expression values(Expression logits, Expression target);

  /** 1 for the class of each image, 0 for all others, (N, classes). */
  private static Expression isClass(Expression logits, Expression target) {
    long classes = logits.size(1);
    Expression each =
        logits.graph().constant(Tensor.of(LongStream.range(0, classes).toArray(), 1, classes));
    return logits
        .graph()
        .add(new Arithmetic.Compare(Relation.EQUAL), target.unsqueezed(1), each)
        .apply(Function.NUMBER);
  }
}
