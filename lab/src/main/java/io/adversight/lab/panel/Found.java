package io.adversight.lab.panel;

import io.adversight.attack.Adversarial;
import io.adversight.attribution.Heatmap;
import java.util.Optional;

/**
 * What an attack found in a situation.
 *
 * @param adversarial the changed picture
 * @param heatmap of the changed picture, from the pass that classified it, where it was asked for
 * @param knownSlope whether an earlier slope served
 */
public record Found(Adversarial adversarial, Optional<Heatmap> heatmap, boolean knownSlope) {}
