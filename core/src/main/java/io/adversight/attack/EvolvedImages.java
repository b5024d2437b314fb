package io.adversight.attack;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.model.Input;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Breeds images that a network is sure of, by mutation and selection alone (Nguyen et al. 2015).
 * With MAP-Elites one archive keeps the best image of every class; each child may take the place of
 * any of them, so that steps towards one class help another. With a single objective each class has
 * an archive of its own.
 *
 * @param encoding what mutates
 * @param selection who competes
 * @param generations of children
 * @param children born in each
 */
@Doc("Fooling images by evolution")
@Paper("nguyen2015")
public record EvolvedImages(
    @Doc("what mutates") Encoding encoding,
    @Doc("who competes") Selection selection,
    @Doc("generations of children") int generations,
    @Doc("children born in each") int children)
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

  /** The paper's setting for MNIST with the CPPN encoding: MAP-Elites, 200 generations. */
  public EvolvedImages() {
    this(Encoding.CPPN, Selection.MAP_ELITES, 200, 100);
  }

  public EvolvedImages {
    Check.atLeast(1, generations, "generations");
    Check.atLeast(2, children, "children");
  }

  @Override
  public List<Generated> generate(Classifier classifier, List<Integer> classes, Run run) {
    return evolve(classifier, classes, run).stream().map(Elite::generated).toList();
  }

  private List<Elite> evolve(Classifier classifier, List<Integer> classes, Run run) {
    if (selection == Selection.MAP_ELITES) {
      return new Archive(classifier, classes, 1, run).evolve(0);
    }
    List<Elite> best = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      best.addAll(new Archive(classifier, List.of(classes.get(i)), SURVIVORS, run).evolve(i + 1));
    }
    return best;
  }

  /** One individual that was among the best for a class. */
  private record Elite(
      Genome genome,
      Raster image,
      int niche,
      int born,
      Prediction prediction,
      List<Generated.Ancestor> lineage) {
    double confidence() {
      return prediction.probability(niche);
    }

    Generated generated() {
      return new Generated(image, niche, prediction, lineage);
    }

    /** Itself as an ancestor; images are kept at depths 1, 2, 4, 8, ... only. */
    List<Generated.Ancestor> lineageOfChildren() {
      List<Generated.Ancestor> longer = new ArrayList<>(lineage);
      int depth = longer.size() + 1;
      Optional<Raster> kept = Integer.bitCount(depth) == 1 ? Optional.of(image) : Optional.empty();
      longer.add(new Generated.Ancestor(born, niche, confidence(), kept));
      return longer;
    }
  }

  /** The best individuals of each class so far. */
  private final class Archive {
    private final Classifier classifier;
    private final List<Integer> classes;
    private final int places;
    private final Run run;
    private final List<List<Elite>> elites = new ArrayList<>();

    Archive(Classifier classifier, List<Integer> classes, int places, Run run) {
      this.classifier = classifier;
      this.classes = classes;
      this.places = places;
      this.run = run;
      classes.forEach(c -> elites.add(new ArrayList<>()));
    }

    List<Elite> evolve(int part) {
      Input input = classifier.card().input();
      for (int g = 0; g <= generations; g++) {
        SplittableRandom random = run.rng(0).split(part).split(g).generator();
        List<Genome> born = new ArrayList<>();
        List<Optional<Elite>> parents = new ArrayList<>();
        for (int k = 0; k < children; k++) {
          Optional<Elite> parent = g == 0 ? Optional.empty() : Optional.of(anyElite(random));
          int generation = g;
          born.add(
              parent
                  .map(p -> p.genome().mutate(generation, random))
                  .orElseGet(() -> newcomer(input, random)));
          parents.add(parent);
        }
        List<Raster> images =
            born.stream()
                .map(one -> one.image(input.channels(), input.height(), input.width()))
                .toList();
        List<Prediction> predictions = Generated.predictions(classifier, images, run);
        for (int k = 0; k < children; k++) {
          compete(born.get(k), images.get(k), predictions.get(k), parents.get(k), g);
        }
        run.report(g, generations, "generations");
      }
      return elites.stream().map(best -> best.get(0)).toList();
    }

    private Genome newcomer(Input input, SplittableRandom random) {
      return encoding == Encoding.CPPN
          ? Cppn.random(input.channels(), random)
          : PixelGenome.random(input.channels(), input.height(), input.width(), random);
    }

    private Elite anyElite(SplittableRandom random) {
      List<Elite> niche = elites.get(random.nextInt(elites.size()));
      return niche.get(random.nextInt(niche.size()));
    }

    private void compete(
        Genome genome, Raster image, Prediction prediction, Optional<Elite> parent, int g) {
      for (int n = 0; n < classes.size(); n++) {
        List<Elite> niche = elites.get(n);
        double confidence = prediction.probability(classes.get(n));
        boolean full = niche.size() == places;
        if (!full || confidence > niche.get(places - 1).confidence()) {
          List<Generated.Ancestor> lineage = parent.map(Elite::lineageOfChildren).orElse(List.of());
          if (full) {
            niche.remove(places - 1);
          }
          niche.add(new Elite(genome, image, classes.get(n), g, prediction, lineage));
          niche.sort((a, b) -> Double.compare(b.confidence(), a.confidence()));
        }
      }
    }
  }
}
