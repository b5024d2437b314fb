package io.adversight.attack.fooling;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.model.Prediction;
import io.adversight.run.Checkpoint;
import io.adversight.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Evolves images of high confidence by mutation and selection (Nguyen et al. 2015). With MAP-Elites
 * one archive keeps the best image of every class; each child may take the place of any of them, so
 * that steps towards one class help another. With a single objective each class has an archive of
 * its own.
 *
 * @param encoding what mutates
 * @param selection who competes
 * @param generations of children
 * @param children born in each
 */
@Doc("Fooling images by evolution")
@Paper("nguyen2015")
public record EvolvedImages(
    @Doc("genome that evolves") Encoding encoding,
    @Doc("selection of the next generation: one class at a time, or all classes at once")
        Selection selection,
    @Doc("generations of children") int generations,
    @Doc("children per generation") int children)
    implements ImageGenerator {
  /** Encodings. */
  public enum Encoding {
    /** Every value by itself. */
    DIRECT,
    /** A network that paints the image. */
    CPPN
  }

  /** Ways of selection. */
  public enum Selection {
    /** The best for every class at once. */
    MAP_ELITES,
    /** The few best for one class after the other. */
    SINGLE_OBJECTIVE
  }

  private static final int SURVIVORS = 10;
  private static final int GENERATIONS_BETWEEN_SAVES = 10;

  /** The paper's setting for MNIST with the CPPN encoding: MAP-Elites, 200 generations. */
  public EvolvedImages() {
    this(Encoding.CPPN, Selection.MAP_ELITES, 200, 100);
  }

  public EvolvedImages {
    Check.atLeast(1, generations, "generations");
    Check.atLeast(2, children, "children");
  }

  @Override
  public List<FoolingImage> generate(
      Classifier classifier, List<Integer> classes, Checkpoint checkpoint, Run run) {
    boolean together = selection == Selection.MAP_ELITES;
    int parts = together ? 1 : classes.size();
    int places = together ? 1 : SURVIVORS;
    Optional<Checkpoint.State> last = checkpoint.last();
    List<EliteEntry> entries =
        new ArrayList<>(last.map(state -> EliteEntry.of(state.values().get(0))).orElse(List.of()));
    long done = last.map(Checkpoint.State::done).orElse(0L);
    long all = (long) parts * (generations + 1);
    List<EliteArchive.Elite> best = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      int part = p;
      List<Integer> own = together ? classes : classes.subList(part, part + 1);
      Evolution evolution = new Evolution(this, classifier, own, places, part, run.rng(0));
      evolution.replay(entries.stream().filter(entry -> entry.part() == part).toList());
      long before = (long) part * (generations + 1);
      for (long g = Math.max(0, done - before); g <= generations; g++) {
        entries.addAll(evolution.breed((int) g, run));
        long now = before + g + 1;
        if (now % GENERATIONS_BETWEEN_SAVES == 0) {
          checkpoint.save(new Checkpoint.State(now, List.of(EliteEntry.rows(entries))));
        }
        run.report(now, all, "generations");
      }
      best.addAll(evolution.best());
    }
    return generated(classifier, best, run);
  }

  private static List<FoolingImage> generated(
      Classifier classifier, List<EliteArchive.Elite> best, Run run) {
    List<Raster> images = best.stream().map(EliteArchive.Elite::image).toList();
    List<Prediction> predictions = FoolingImage.predictions(classifier, images, run);
    return IntStream.range(0, best.size())
        .mapToObj(
            i ->
                new FoolingImage(
                    images.get(i), best.get(i).target(), predictions.get(i), best.get(i).lineage()))
        .toList();
  }
}
