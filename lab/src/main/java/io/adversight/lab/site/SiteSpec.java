package io.adversight.lab.site;

import io.adversight.attack.Attack;
import io.adversight.attack.problem.Norm;
import io.adversight.catalog.Kind;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.study.Algorithm;
import java.util.List;

/**
 * What a static copy shows.
 *
 * @param images attacked ones, each under its name
 * @param attacks bounded ones, which know the LINF norm
 * @param method the attribution whose maps lie beside the images
 * @param epsilons the stops of the slider in LINF, pixels in [0, 1]; 0 is added
 * @param command that makes the copy again, word by word
 */
public record SiteSpec(
    List<Named> images,
    List<Algorithm> attacks,
    Algorithm method,
    List<Double> epsilons,
    List<String> command) {
  /** The most images of one copy. */
  public static final int IMAGES_AT_MOST = 200;

  private static final int STOPS_AT_MOST = 64;
  private static final int ATTACKS_AT_MOST = 6;

  /** An image in its own size. */
  public record Named(String name, Raster image) {}

  public SiteSpec {
    images = List.copyOf(images);
    attacks = List.copyOf(attacks);
    epsilons = List.copyOf(epsilons);
    command = List.copyOf(command);
    checkCount("images", images.size(), IMAGES_AT_MOST);
    checkCount("attacks", attacks.size(), ATTACKS_AT_MOST);
    checkCount("epsilons", epsilons.size(), STOPS_AT_MOST);
    attacks.forEach(SiteSpec::checkBounded);
    for (int i = 0; i < epsilons.size(); i++) {
      double before = i == 0 ? 0 : epsilons.get(i - 1);
      if (!(epsilons.get(i) > before && epsilons.get(i) <= 1)) {
        throw new InputException(
            "the epsilons of a copy rise from above 0 to 1 at most, but were " + epsilons);
      }
    }
  }

  private static void checkCount(String what, int count, int most) {
    if (count < 1 || count > most) {
      throw new InputException("a copy holds 1 to %s %s, but got %s".formatted(most, what, count));
    }
  }

  private static void checkBounded(Algorithm attack) {
    Attack made = attack.create(Attack.class, Kind.BOUNDED_ATTACK);
    if (!made.norms().contains(Norm.LINF)) {
      throw new InputException(
          "%s does not know the norm LINF, in which the slider of a copy moves; it knows %s"
              .formatted(attack.id(), made.norms().stream().sorted().toList()));
    }
  }
}
