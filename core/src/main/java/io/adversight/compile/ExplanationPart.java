package io.adversight.compile;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Baseline;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.cam.Cam;
import io.adversight.attribution.cam.GradCam;
import io.adversight.attribution.cam.GradCamElementWise;
import io.adversight.attribution.cam.GradCamPlusPlus;
import io.adversight.attribution.cam.HiResCam;
import io.adversight.attribution.cam.LayerCam;
import io.adversight.attribution.cam.XGradCam;
import io.adversight.attribution.gradient.Gradient;
import io.adversight.attribution.gradient.InputXGradient;
import io.adversight.attribution.gradient.IntegratedGradients;
import io.adversight.attribution.gradient.Quadrature;
import io.adversight.graph.derivative.Expression;
import io.adversight.graph.derivative.GraphObjective;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic.Relation;
import io.adversight.graph.operator.Resampling;
import io.adversight.model.Classifier;
import io.adversight.tensor.Shape;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The heat map of an explanation of the logit of a class, (N, 1, H, W), at the size of the image:
 * reduced over the channels and interpolated as {@link io.adversight.attribution.Attributions}
 * does. Each method is written after its record, whose equations it repeats.
 *
 * @param id the method's name
 * @param method one of those listed here
 */
record ExplanationPart(String id, Attribution method) implements Part {
  private static final List<Integer> POSITIONS = List.of(2, 3);
  private static final List<Integer> CHANNELS = List.of(1);

  /** As {@code LayerMaps.quotient}. */
  private static final double TINY = 1e-30;

  /** The part of a method; empty if it cannot be compiled. */
  static Optional<Part> of(String id, Attribution method) {
    boolean plain =
        method instanceof Gradient
            || method instanceof InputXGradient
            || method instanceof Cam
            || method instanceof GradCam
            || method instanceof XGradCam
            || method instanceof HiResCam
            || method instanceof LayerCam
            || method instanceof GradCamElementWise
            || (method instanceof GradCamPlusPlus cam
                && cam.formula() == GradCamPlusPlus.Formula.PAPER)
            || (method instanceof IntegratedGradients integrated
                && integrated.baseline() == Baseline.ZERO);
    return plain ? Optional.of(new ExplanationPart(id, method)) : Optional.empty();
  }

  @Override
  public GraphObjective objective() {
    return GraphObjective.LOGIT;
  }

  @Override
  public List<String> places(Classifier network) {
    return method instanceof IntegratedGradients ? List.of() : method.gradientsAt(network);
  }

  @Override
  public String says() {
    return "heat map of %s for the class's logit".formatted(id);
  }

  @Override
  public Expression value(Draft draft) {
    Expression contributions = contributions(draft);
    return enlarged(reduced(contributions, method.reduction()), draft.image());
  }

  private Expression contributions(Draft draft) {
    if (method instanceof IntegratedGradients integrated) {
      return integrated(draft, integrated);
    }
    String place = draft.place(this);
    Expression g = draft.maps(place, draft.gradient(GraphObjective.LOGIT, place));
    if (method instanceof Gradient) {
      return g;
    }
    Expression a = draft.activation(place);
    if (method instanceof InputXGradient || method instanceof HiResCam) {
      return method instanceof HiResCam ? a.times(g).sum(CHANNELS) : a.times(g);
    } else if (method instanceof Cam) {
      return g.sum(POSITIONS).times(a).sum(CHANNELS);
    } else if (method instanceof GradCam cam) {
      Expression channels = g.mean(POSITIONS).times(a);
      return cam.apart() ? channels : channels.sum(CHANNELS);
    } else if (method instanceof XGradCam) {
      Expression weights = quotient(a.times(g).sum(POSITIONS), a.sum(POSITIONS));
      return weights.times(a).sum(CHANNELS);
    } else if (method instanceof LayerCam) {
      return g.apply(new Activation.Relu()).times(a).sum(CHANNELS);
    } else if (method instanceof GradCamElementWise) {
      return g.times(a).apply(new Activation.Relu()).sum(CHANNELS);
    }
    return plusPlus(g, a).times(a).sum(CHANNELS);
  }

  /** The weights of Grad-CAM++ by the paper's formula. */
  private static Expression plusPlus(Expression g, Expression a) {
    Expression denominator = g.times(a.sum(POSITIONS)).plus(2);
    Expression isZero = g.where(Relation.EQUAL, g.number(0));
    Expression alpha = quotient(isZero.fromOne(), denominator);
    return g.apply(new Activation.Relu()).times(alpha).sum(POSITIONS);
  }

  /** {@code a / b}, and 0 where b is 0. */
  private static Expression quotient(Expression a, Expression b) {
    Expression there = b.apply(new Activation.Abs()).above(TINY);
    return there.times(a.over(b.plus(there.fromOne())));
  }

  private Expression integrated(Draft draft, IntegratedGradients integrated) {
    Quadrature.Points points = integrated.rule().points(integrated.steps());
    Expression sum = null;
    for (int k = 0; k < points.count(); k++) {
      draft.graph().name("%s.point%s".formatted(id, k + 1));
      Expression gradient = draft.gradientAt(draft.pixels().times(points.at(k)));
      Expression weighted = gradient.times(points.weight(k));
      sum = sum == null ? weighted : sum.plus(weighted);
    }
    draft.graph().name(id);
    return draft.pixels().times(Objects.requireNonNull(sum));
  }

  private static Expression reduced(Expression contributions, ChannelReduction reduction) {
    return switch (reduction) {
      case MAX_ABSOLUTE -> contributions.apply(new Activation.Abs()).max(CHANNELS);
      case ABSOLUTE -> contributions.apply(new Activation.Abs()).sum(CHANNELS);
      case SUM -> contributions.sum(CHANNELS);
      case POSITIVE -> contributions.sum(CHANNELS).apply(new Activation.Relu());
    };
  }

  /** Interpolated by matrices along columns and rows: bilinear, with half-pixel centres. */
  private static Expression enlarged(Expression maps, Shape image) {
    if (maps.size(2) == image.size(2) && maps.size(3) == image.size(3)) {
      return maps;
    }
    Resampling.Resize resize =
        new Resampling.Resize(
            List.of(),
            List.of(image.size(2), image.size(3)),
            Resampling.Mode.LINEAR,
            Resampling.Coordinates.HALF_PIXEL,
            Resampling.Rounding.FLOOR);
    Expression enlarged = maps;
    for (int i = 0; i < 2; i++) {
      Expression weights = maps.graph().constant(resize.weights(i, maps.size(2 + i)));
      enlarged = enlarged.along(2 + i, weights);
    }
    return enlarged;
  }
}
