package io.adversight.study;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ImageSaliencyMap;
import io.adversight.catalog.Kind;
import io.adversight.saliency.ImageSaliency;
import java.util.List;

/** What can explain an image in a study: explanations, and saliency in their place. */
public final class ExplanationMethods {
  /** The kinds of the catalogue that are methods. */
  public static final List<Kind> KINDS = List.of(Kind.ATTRIBUTION, Kind.IMAGE_SALIENCY);

  private ExplanationMethods() {}

  /**
   * The method that a name and its parameters mean.
   *
   * @throws java.util.NoSuchElementException for an unknown name
   */
  public static Attribution create(Algorithm algorithm) {
    Object method = algorithm.create(Object.class, KINDS.toArray(Kind[]::new));
    return method instanceof ImageSaliency saliency
        ? new ImageSaliencyMap(saliency)
        : (Attribution) method;
  }
}
