package io.adversight.attack.blackbox;

import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Oracle;
import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * At the boundary, estimates its normal from the classes of many near images, jumps along it, and
 * comes back to the boundary by bisection (Chen et al. 2020, algorithm 2). Sees classes only.
 *
 * @param queries most images asked for an image
 * @param iterations jumps
 * @param firstBatch images for the first estimate; the t-th takes so many times the root of t
 * @param largestBatch most images for an estimate
 */
@Doc("HopSkipJump")
@Paper("chen2020")
public record HopSkipJump(
    @Doc("maximum queries per image") int queries,
    @Doc("jumps") int iterations,
    @Doc("images for the first estimate of the normal") int firstBatch,
    @Doc("maximum images per gradient estimate") int largestBatch)
    implements BlackBoxMinimalAttack {
  private static final int CHUNK = 32;
  private static final int SPARE = 60;

  /** The paper's setting: 25,000 queries, 64 jumps, from 100 to 10,000 images. */
  public HopSkipJump() {
    this(25000, 64, 100, 10000);
  }

  public HopSkipJump {
    Check.atLeast(10, queries, "queries");
    Check.atLeast(1, iterations, "iterations");
    Check.atLeast(2, firstBatch, "firstBatch");
    Check.atLeast(firstBatch, largestBatch, "largestBatch");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.L2, Norm.LINF);
  }

  @Override
  public Oracle.Answer answer() {
    return Oracle.Answer.LABELS;
  }

  @Override
  public Tensor perturb(BlackBoxProblem problem, Norm norm, Run run) {
    try (Scope scope = Scope.open()) {
      StartingPoint start = StartingPoint.find(problem, run);
      LoopVariable x = new LoopVariable(start.images());
      int[] walking = start.walking();
      if (walking.length > 0) {
        BlackBoxProblem part = problem.select(walking);
        LoopVariable near = new LoopVariable(x.value().rows(walking));
        Bisection.towards(part, norm, near, precision(norm, part.pixels()));
        jumps(part, norm, near, run.select(walking));
        x.set(x.value().withRows(walking, near.value()));
      }
      return scope.keep(x.value());
    }
  }

  private static double dimensions(Tensor pixels) {
    return (double) pixels.elements() / pixels.size(0);
  }

  /** theta of algorithm 2, with gamma = 1. */
  private static double precision(Norm norm, Tensor pixels) {
    double d = dimensions(pixels);
    return norm == Norm.L2 ? 1 / (d * Math.sqrt(d)) : 1 / (d * d);
  }

  private void jumps(BlackBoxProblem problem, Norm norm, LoopVariable best, Run run) {
    LoopVariable x = new LoopVariable(best.value());
    for (int t = 1; t <= iterations; t++) {
      int batch = (int) Math.min(largestBatch, firstBatch * Math.sqrt(t));
      int[] active =
          IntStream.range(0, problem.size())
              .filter(i -> problem.oracle().left(i) >= batch + SPARE)
              .toArray();
      if (active.length == 0) {
        return;
      }
      try (Scope scope = Scope.open()) {
        BlackBoxProblem part = problem.select(active);
        Run own = run.select(active);
        LoopVariable here = new LoopVariable(x.value().rows(active));
        Tensor distance = norm.of(here.value().sub(part.pixels()));
        Tensor normal = normal(part, norm, here.value(), distance, batch, t, own.split(t));
        jump(part, here, distance, normal, t);
        Bisection.towards(part, norm, here, precision(norm, part.pixels()));
        double[] size = norm.of(here.value().sub(part.pixels())).toDoubles();
        double[] known = norm.of(best.value().rows(active).sub(part.pixels())).toDoubles();
        int[] better = IntStream.range(0, size.length).filter(k -> size[k] < known[k]).toArray();
        if (better.length > 0) {
          int[] places = Arrays.stream(better).map(k -> active[k]).toArray();
          best.set(best.value().withRows(places, here.value().rows(better)));
        }
        x.set(x.value().withRows(active, here.value()));
        own.step(here.value(), distance.reshape(-1));
      }
    }
  }

  /** The estimated direction away from the original class, of length 1 (equations 11 and 16). */
  private static Tensor normal(
      BlackBoxProblem part, Norm norm, Tensor here, Tensor distance, int batch, int t, Run run) {
    double d = dimensions(here);
    double range = part.bounds().high() - part.bounds().low();
    Tensor radius =
        t == 1
            ? distance.fullLike(0.1 * Math.min(1, range))
            : distance.div(d); // sqrt(d) theta dist for L2, d theta dist for LINF
    long images = here.size(0);
    LoopVariable signed = new LoopVariable(here.fullLike(0));
    LoopVariable sum = new LoopVariable(here.fullLike(0));
    double[] total = new double[(int) images];
    for (int done = 0, use = 0; done < batch; done += CHUNK, use++) {
      int count = Math.min(CHUNK, batch - done);
      try (Scope scope = Scope.open()) {
        Tensor like = here.unsqueeze(1).expand(repeated(here, count));
        Tensor draw = norm == Norm.L2 ? run.normal(like, use) : run.uniform(like, use, -1, 1);
        Tensor flat = draw.reshape(images * count, -1);
        Tensor unit = Norm.L2.steepest(flat).reshape(like.shape().toArray());
        Tensor asked =
            part.clip(
                    like.add(unit.mul(radius.unsqueeze(1)))
                        .reshape(flatShape(here, images * count)))
                .reshape(like.shape().toArray());
        // What was really asked, after clipping, is what the answers are about.
        Tensor u = asked.sub(like).div(radius.unsqueeze(1));
        boolean[] reached = part.ask(asked.reshape(flatShape(here, images * count)));
        double[] phi = new double[reached.length];
        for (int i = 0; i < phi.length; i++) {
          phi[i] = reached[i] ? 1 : -1;
          total[i / count] += phi[i];
        }
        long[] ones = new long[like.rank()];
        Arrays.fill(ones, 1);
        ones[0] = images;
        ones[1] = count;
        Tensor sign = Tensor.of(phi, ones).like(here);
        signed.set(signed.value().add(u.mul(sign).sum(1).squeeze(1)));
        sum.set(sum.value().add(u.sum(1).squeeze(1)));
      }
    }
    // All answers alike carry no mean to take off (Chen et al., section 3.3, equation 16).
    Tensor mean = PerImage.of(i -> Math.abs(total[i]) == batch ? 0 : total[i] / batch, here);
    return norm.steepest(signed.value().sub(sum.value().mul(mean)));
  }

  private static long[] repeated(Tensor here, long count) {
    long[] sizes = here.shape().toArray();
    long[] five = new long[sizes.length + 1];
    System.arraycopy(sizes, 1, five, 2, sizes.length - 1);
    five[0] = sizes[0];
    five[1] = count;
    return five;
  }

  private static long[] flatShape(Tensor here, long rows) {
    long[] sizes = here.shape().toArray();
    sizes[0] = rows;
    return sizes;
  }

  /** Goes as far along the normal as dist / sqrt(t), halved until the image is adversarial. */
  private static void jump(
      BlackBoxProblem part, LoopVariable here, Tensor distance, Tensor normal, int t) {
    double[] lengths = distance.div(Math.sqrt(t)).toDoubles();
    boolean[] landed = new boolean[part.size()];
    for (int trial = 0; trial < 25; trial++) {
      int[] open =
          IntStream.range(0, landed.length)
              .filter(i -> !landed[i] && part.oracle().left(i) > 0)
              .toArray();
      if (open.length == 0) {
        return;
      }
      try (Scope scope = Scope.open()) {
        Tensor from = here.value().rows(open);
        Tensor step = normal.rows(open).mul(PerImage.of(k -> lengths[open[k]], from));
        BlackBoxProblem some = part.select(open);
        Tensor candidate = some.clip(from.add(step));
        boolean[] reached = some.ask(candidate);
        int[] good = Problem.indices(reached, true);
        for (int k = 0; k < open.length; k++) {
          landed[open[k]] = reached[k];
          lengths[open[k]] /= 2;
        }
        if (good.length > 0) {
          int[] places = Arrays.stream(good).map(k -> open[k]).toArray();
          here.set(here.value().withRows(places, candidate.rows(good)));
        }
      }
    }
  }
}
