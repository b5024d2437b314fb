package io.adversight.graph.derivative;

import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Activation.Function;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Arithmetic.Relation;
import io.adversight.graph.operator.Reduction;
import io.adversight.graph.operator.Selection;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A number per image that a graph computes of its logits, (N, classes), and of weights of the
 * classes, which are 1 for the class of an image and 0 elsewhere unless something else is said.
 */
public enum GraphObjective {
  /** The logit z_y of a class; for other weights the weighted sum of the logits. */
  LOGIT {
    @Override
    public Expression weighted(Expression logits, Expression weights) {
      return logits.times(weights).sum(CLASSES);
    }
  },
  /**
   * The cross-entropy -log p_y as log (1 + sum over i other than y of exp (z_i - z_y)), which keeps
   * its precision where p_y rounds to 1.
   */
  CROSS_ENTROPY {
    @Override
    public Expression weighted(Expression logits, Expression isClass) {
      Expression own = logits.times(isClass).sum(CLASSES);
      Expression behind = logits.minus(own).times(isClass.fromOne());
      return behind.graph().add(new Reduction.ReduceLogSumExp(CLASSES, true), behind);
    }
  },
  /** The softmax probability p_y of a class, as the exponential of the log probability. */
  PROBABILITY {
    @Override
    public Expression weighted(Expression logits, Expression isClass) {
      return CROSS_ENTROPY.weighted(logits, isClass).negated().apply(new Activation.Exp());
    }
  },
  /** The margin z_y - max over i other than y of z_i. */
  MARGIN {
    @Override
    public Expression weighted(Expression logits, Expression isClass) {
      Expression own = logits.times(isClass).sum(CLASSES);
      Expression others = logits.times(isClass.fromOne()).plus(isClass.times(LOWEST));
      return own.minus(others.max(CLASSES));
    }
  },
  /**
   * The difference of logits ratio of Croce and Hein 2020, eq. 6: (max over i other than y of z_i -
   * z_y) / (z_1st - z_3rd); the numerator alone for fewer than three classes.
   */
  DLR {
    @Override
    public Expression weighted(Expression logits, Expression isClass) {
      Expression behind = MARGIN.weighted(logits, isClass).negated();
      if (logits.size(1) < 3) {
        return behind;
      }
      List<Expression> order = largest(logits, 3);
      return behind.over(order.get(0).minus(order.get(2)).plus(TINY)); // eq. 6
    }
  },
  /**
   * The weighted sum of the logits over z_1st - (z_3rd + z_4th) / 2, of Croce and Hein 2020, eq. 7,
   * where the weights are 1 for the target and -1 for the label; the numerator alone for fewer than
   * four classes.
   */
  TARGETED_DLR {
    @Override
    public Expression weighted(Expression logits, Expression weights) {
      Expression ahead = LOGIT.weighted(logits, weights);
      if (logits.size(1) < 4) {
        return ahead;
      }
      List<Expression> order = largest(logits, 4);
      Expression lower = order.get(2).plus(order.get(3)).times(0.5);
      return ahead.over(order.get(0).minus(lower).plus(TINY)); // eq. 7
    }
  };

  private static final List<Integer> CLASSES = List.of(1);

  /** Below every logit, and still finite. */
  private static final double LOWEST = -1e30;

  /** What a ratio's denominator is kept from 0 by. */
  private static final double TINY = 1e-12;

  /** The number of each image, (N, 1). */
  public abstract Expression weighted(Expression logits, Expression weights);

  /** The number of each image, (N, 1), for the class of each, (N) whole numbers. */
  public Expression values(Expression logits, Expression classes) {
    return weighted(logits, isClass(logits, classes.unsqueezed(1)));
  }

  /** 1 for the class of each image, (N, 1) whole numbers, 0 for all others, (N, classes). */
  private static Expression isClass(Expression logits, Expression index) {
    long classes = logits.size(1);
    Expression each =
        logits.graph().constant(Tensor.of(LongStream.range(0, classes).toArray(), 1, classes));
    return logits
        .graph()
        .add(new Arithmetic.Compare(Relation.EQUAL), index, each)
        .apply(Function.NUMBER);
  }

  /** The largest logits in descending order, each (N, 1), of equal ones the first. */
  private static List<Expression> largest(Expression logits, int count) {
    List<Expression> found = new ArrayList<>();
    Expression rest = logits;
    for (int i = 0; i < count; i++) {
      Expression index = rest.graph().add(new Selection.ArgExtreme(1, true, true, false), rest);
      Expression isLargest = isClass(logits, index);
      found.add(logits.times(isLargest).sum(CLASSES));
      rest = rest.plus(isLargest.times(LOWEST));
    }
    return found;
  }
}
