package io.adversight.attack;

import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Carried;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * The loop that iterative gradient attacks share: move, project onto the ball around the original,
 * clip. What a step made is freed with it, except the images and the rule's memory. Where the
 * problem lets images leave, one that reaches the goal stays as it is from then on.
 */
final class Ascent {
  private final Ball ball;
  private final Tensor start;
  private final Carried x;
  private final Arrivals arrivals;
  private Standing here;
  private List<Carried> memory = List.of();

  private Ascent(Problem problem, Ball ball, Tensor start, Run run) {
    this.ball = ball;
    this.start = start;
    this.x = new Carried(start);
    this.arrivals = new Arrivals(start);
    this.here = Standing.all(problem, run);
  }

  /**
   * Where the images that still move are.
   *
   * @param images which ones they are
   * @param x what they look like now
   * @param step how many steps were made
   * @param memory what the rule wanted to see again; empty at step 0
   */
  record Place(Standing images, Tensor x, int step, List<Tensor> memory) {
    Problem problem() {
      return images.problem();
    }

    Run run() {
      return images.run();
    }

    Objective objective(Loss loss) {
      return problem().objective(loss);
    }

    private Tensor logits() {
      return x == problem().pixels() ? problem().startingLogits(run()) : problem().logits(x, run());
    }
  }

  /**
   * One step of a rule.
   *
   * @param step what is added to the images
   * @param memory tensors that the rule wants to see at its next step
   */
  record Move(Tensor step, List<Tensor> memory) {
    static Move of(Tensor step) {
      return new Move(step, List.of());
    }
  }

  /** Where an attack takes its slopes. */
  interface Look {
    /** The slope that the next move follows. */
    Slope slope(Place place);

    /** Whether the logits of slopes are those of the images as they are. */
    default boolean isAtTheImages() {
      return false;
    }

    /** At the images. */
    static Look at(Loss loss) {
      return new Look() {
        @Override
        public Slope slope(Place place) {
          return place.problem().slope(place.x(), place.objective(loss), place.run());
        }

        @Override
        public boolean isAtTheImages() {
          return true;
        }
      };
    }
  }

  /** How an attack moves along a slope. */
  @FunctionalInterface
  interface Rule {
    Move move(Place place, Slope slope);
  }

  /**
   * The images after {@code steps} moves from {@code start}, which stays untouched. To know who may
   * leave costs a forward pass a step if slopes are taken elsewhere than at the images.
   */
  static Tensor climb(
      Problem problem, Ball ball, Tensor start, int steps, Run run, Look look, Rule rule) {
    try (Scope scope = Scope.open()) {
      Ascent ascent = new Ascent(problem, ball, start, run);
      for (int i = 0; i < steps && !ascent.here.isEmpty(); i++) {
        ascent.step(i, look, rule);
      }
      return scope.keep(ascent.arrivals.with(ascent.here, ascent.x.value()));
    }
  }

  private void step(int i, Look look, Rule rule) {
    boolean leaving = here.problem().leavesEarly();
    Place place = new Place(here, i == 0 ? start : x.value(), i, values(memory));
    if (leaving && !look.isAtTheImages()) {
      int[] stay = arrivals.take(here, x.value(), reached(place));
      if (stay.length < here.size()) {
        cut(stay, List.of());
        place = new Place(here, x.value(), i, values(memory));
      }
    }
    if (here.isEmpty()) {
      return;
    }
    List<Carried> slope = look(look, place);
    if (leaving && look.isAtTheImages()) {
      boolean[] reached = here.problem().reached(slope.get(2).value());
      int[] stay = arrivals.take(here, x.value(), reached);
      if (stay.length < here.size()) {
        cut(stay, slope);
        place = new Place(here, x.value(), i, values(memory));
      }
    }
    if (!here.isEmpty()) {
      move(rule, place, slope(slope));
    }
    slope.forEach(Carried::close);
  }

  private static boolean[] reached(Place place) {
    try (Scope scope = Scope.open()) {
      return place.problem().reached(place.logits());
    }
  }

  private void cut(int[] stay, List<Carried> slope) {
    Carried[] carried =
        Stream.of(List.of(x), memory, slope).flatMap(List::stream).toArray(Carried[]::new);
    here = here.keep(stay, carried);
  }

  /** The slope's tensors, held by the loop. */
  private static List<Carried> look(Look look, Place place) {
    List<Tensor> tensors;
    try (Scope scope = Scope.open()) {
      Slope slope = look.slope(place);
      tensors =
          Stream.of(slope.gradient(), slope.loss(), slope.logits())
              .map(tensor -> scope.keep(tensor.alias()))
              .toList();
    }
    return held(tensors);
  }

  private void move(Rule rule, Place place, Slope slope) {
    List<Tensor> remembered;
    try (Scope scope = Scope.open()) {
      Move move = rule.move(place, slope);
      Tensor pixels = here.pixels();
      Tensor next = here.problem().clip(ball.project(place.x().add(move.step()), pixels));
      here.run().step(next, slope.loss());
      x.set(next);
      remembered = move.memory().stream().map(scope::keep).toList();
    }
    memory.forEach(Carried::close);
    memory = held(remembered);
  }

  private static List<Carried> held(List<Tensor> tensors) {
    List<Carried> carried = tensors.stream().map(Carried::new).toList();
    tensors.forEach(Tensor::close);
    return carried;
  }

  private static List<Tensor> values(List<Carried> carried) {
    return carried.stream().map(Carried::value).toList();
  }

  private static Slope slope(List<Carried> carried) {
    List<Tensor> tensors = values(carried);
    return new Slope(tensors.get(0), tensors.get(1), tensors.get(2));
  }
}
