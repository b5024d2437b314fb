package io.adversight.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.attack.SmallNetworks;
import io.adversight.attack.fooling.EvolvedImages;
import io.adversight.attack.fooling.FoolingAscent;
import io.adversight.attack.fooling.FoolingImage;
import io.adversight.attack.fooling.ImageGenerator;
import io.adversight.attack.minimal.DeepFool;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.universal.AdversarialPatch;
import io.adversight.attack.universal.PerturbationSum;
import io.adversight.attack.universal.Universal;
import io.adversight.attack.universal.UniversalAdversarial;
import io.adversight.attack.universal.UniversalAttack;
import io.adversight.data.DataSet;
import io.adversight.data.ImageList;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.tensor.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stopped attacks go on as if they had not been stopped. */
class CheckpointTest {
  private static final Classifier NETWORK = SmallNetworks.randomLinear(6, 3, 11);
  private static final Ball BALL = new Ball(Norm.LINF, 0.1);

  /** Keeps the last state in memory. */
  private static final class Memory implements Checkpoint {
    private Optional<State> kept = Optional.empty();

    @Override
    public Optional<State> last() {
      return kept;
    }

    @Override
    public void save(State state) {
      kept = Optional.of(state);
    }
  }

  /** An attack, and the steps after which it is stopped. */
  record Stop(UniversalAttack attack, int steps) {}

  static Stream<Stop> stops() {
    UniversalAttack uap = new UniversalAdversarial(1, 3, new DeepFool());
    return Stream.of(
        new Stop(uap, 13),
        new Stop(uap, 24),
        new Stop(uap, 37),
        new Stop(new PerturbationSum(), 15),
        new Stop(new AdversarialPatch(1, 60, 4, 0.05, 0.8, 1, 20), 41));
  }

  private static DataSet images() {
    List<Raster> images = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      images.add(Raster.map(6, 6, new Rng(100 + i).uniform(36, 0.1, 0.9)));
    }
    return ImageList.unlabelled(images);
  }

  private static Run run() {
    return Run.of(new Rng(2), 0, 1);
  }

  private static Run stoppedAfter(int steps) {
    AtomicInteger reports = new AtomicInteger();
    Run run = run();
    return run.with(
        (done, total, what) -> {
          if (reports.incrementAndGet() == steps) {
            run.cancel();
          }
        });
  }

  /** A generator, and the reports after which it is stopped. */
  record Halt(ImageGenerator generator, int reports) {}

  static Stream<Halt> halts() {
    List<Halt> halts = new ArrayList<>(List.of(new Halt(new FoolingAscent(), 1)));
    for (EvolvedImages.Encoding encoding : EvolvedImages.Encoding.values()) {
      for (EvolvedImages.Selection selection : EvolvedImages.Selection.values()) {
        EvolvedImages evolution = new EvolvedImages(encoding, selection, 23, 6);
        halts.add(new Halt(evolution, 10));
        halts.add(new Halt(evolution, 24));
      }
    }
    halts.add(
        new Halt(
            new EvolvedImages(
                EvolvedImages.Encoding.CPPN, EvolvedImages.Selection.SINGLE_OBJECTIVE, 23, 6),
            57));
    return halts.stream();
  }

  @ParameterizedTest
  @MethodSource("halts")
  void aStoppedGeneratorMakesTheSameImages(Halt halt) {
    List<Integer> classes = IntStream.range(0, 40).mapToObj(i -> i % 3).toList();
    Memory memory = new Memory();
    assertThatThrownBy(
            () -> halt.generator().generate(NETWORK, classes, memory, stoppedAfter(halt.reports())))
        .isInstanceOf(CancellationException.class);
    assertThat(memory.last().orElseThrow().done()).isPositive();
    Run resumed = run();
    List<FoolingImage> made = halt.generator().generate(NETWORK, classes, memory, resumed);
    Run whole = run();
    assertThat(made).isEqualTo(halt.generator().generate(NETWORK, classes, whole));
    assertThat(resumed.counter(0).forwards()).isLessThan(whole.counter(0).forwards());
  }

  @ParameterizedTest
  @MethodSource("stops")
  void aStoppedAttackMakesWhatItWouldHaveMade(Stop stop) {
    Memory memory = new Memory();
    assertThatThrownBy(
            () -> stop.attack().craft(NETWORK, images(), BALL, memory, stoppedAfter(stop.steps())))
        .isInstanceOf(CancellationException.class);
    long done = memory.last().orElseThrow().done();
    assertThat(done).isPositive().isLessThanOrEqualTo(stop.steps());
    Universal resumed = stop.attack().craft(NETWORK, images(), BALL, memory, run());
    assertThat(resumed).isEqualTo(stop.attack().craft(NETWORK, images(), BALL, run()));
  }
}
