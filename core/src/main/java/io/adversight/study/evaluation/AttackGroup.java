package io.adversight.study.evaluation;

import io.adversight.attack.Attack;
import io.adversight.study.Algorithm;
import io.adversight.study.robustness.RobustnessSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Attacks of one kind of knowledge.
 *
 * @param role why they are made
 * @param spec the attacks, and the sizes of their ball
 * @param images on how many images, from the first
 * @param prepared those attacks that the catalogue does not have, by their names
 */
public record AttackGroup(
    Role role, RobustnessSpec spec, int images, Map<Algorithm, Attack> prepared) {
  /** Why attacks are made. */
  public enum Role {
    /** They know the network, and use its gradients. */
    WHITE_BOX("white-box"),
    /** They see scores, and are part of the standard ensemble. */
    SQUARE("score-based"),
    /** They see scores or labels, and spend many queries. */
    BLACK_BOX("black-box"),
    /** They know another network. */
    TRANSFER("transfer"),
    /** They know nothing: random points of the ball. */
    NOISE("noise"),
    /** The same attack in growing balls. */
    GROWTH("growing balls"),
    /** White-box attacks with twice the steps or restarts. */
    CONVERGENCE("doubled budget"),
    /** They turn and shift the image, which no ball bounds. */
    SPATIAL("spatial");

    private final String words;

    Role(String words) {
      this.words = words;
    }

    /** The role in words. */
    public String words() {
      return words;
    }

    /** Whether they use gradients of the network itself. */
    public boolean isWhiteBox() {
      return this == WHITE_BOX || this == GROWTH || this == CONVERGENCE;
    }
  }

  public AttackGroup {
    prepared = Collections.unmodifiableMap(new LinkedHashMap<>(prepared));
  }
}
