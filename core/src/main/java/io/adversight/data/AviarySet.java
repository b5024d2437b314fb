package io.adversight.data;

import io.adversight.aviary.Aviary;
import io.adversight.aviary.Part;
import io.adversight.aviary.Scene;
import io.adversight.aviary.Species;
import io.adversight.describe.Check;
import io.adversight.home.Sha256;
import io.adversight.image.Raster;
import io.adversight.input.UnknownNameException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Drawn birds as a data set: one of each species, then the next of each. Every image has masks:
 * {@code bird}, {@code discriminative part} (the part that distinguishes the species within its
 * colour group) and one for each {@link Part}.
 *
 * @param name what the set is called
 * @param first the number of the first individual
 * @param individuals how many there are of each species
 * @param side rows and columns of each image
 */
public record AviarySet(String name, long first, int individuals, int side) implements DataSet {
  /** The region of the whole bird. */
  public static final String BIRD = "bird";

  /** The region of the part that distinguishes the species within its colour group. */
  public static final String DISCRIMINATIVE_PART = "discriminative part";

  private static final Species[] SPECIES = Species.values();
  private static final long FIRST_OF_TRAINING = 1_000_000;

  public AviarySet {
    Check.within(1, 1_000_000, individuals, "individuals");
    Check.within(32, 2048, side, "side");
  }

  /** The 1,200 images that no network has seen in its training. */
  public static AviarySet test() {
    return new AviarySet("aviary", 0, 100, Aviary.SIDE);
  }

  /** The 6,000 images to train on. */
  public static AviarySet train() {
    return new AviarySet("aviary-train", FIRST_OF_TRAINING, 500, Aviary.SIDE);
  }

  @Override
  public int size() {
    return SPECIES.length * individuals;
  }

  @Override
  public int label(int i) {
    return i % SPECIES.length;
  }

  @Override
  public Raster image(int i) {
    return scene(i).image();
  }

  /** Image {@code i} with all that is known about it. */
  public Scene scene(int i) {
    return Aviary.draw(SPECIES[label(i)], individual(i), side);
  }

  @Override
  public List<String> regions() {
    List<String> names = new ArrayList<>(List.of(BIRD, DISCRIMINATIVE_PART));
    Arrays.stream(Part.values()).map(Part::label).forEach(names::add);
    return List.copyOf(names);
  }

  @Override
  public List<String> objects() {
    return List.of(BIRD, DISCRIMINATIVE_PART);
  }

  @Override
  public Raster mask(int i, String region) {
    if (region.equals(BIRD)) {
      return scene(i).bird();
    }
    if (region.equals(DISCRIMINATIVE_PART)) {
      return scene(i).discriminativePart();
    }
    return Arrays.stream(Part.values())
        .filter(part -> part.label().equals(region))
        .findFirst()
        .map(part -> scene(i).mask(part))
        .orElseThrow(() -> noRegion(region));
  }

  private UnknownNameException noRegion(String region) {
    return new UnknownNameException(
        "the images of %s have no region \"%s\"; the regions are %s"
            .formatted(name, region, String.join(", ", regions())));
  }

  private long individual(int i) {
    return first + i / SPECIES.length;
  }

  @Override
  public List<String> classNames() {
    return Species.labels();
  }

  /** Of what the image is drawn from, which takes no drawing. */
  @Override
  public String sha256(int i) {
    return Sha256.of((this + " " + i).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String imageName(int i) {
    return "%s-%s".formatted(SPECIES[label(i)].label().replace(' ', '-'), individual(i));
  }
}
