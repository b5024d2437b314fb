package io.adversight.lab.panel;

import io.adversight.attack.Adversarial;
import io.adversight.attribution.Heatmap;
import java.util.Optional;

/**
 * The result of an attack for a request.
 *
 * @param adversarial the changed image
 * @param heatmap of the changed image, from the pass that classified it, where it was requested
 * @param cachedGradient whether a cached gradient was used
 */
public record AttackResult(
    Adversarial adversarial, Optional<Heatmap> heatmap, boolean cachedGradient) {}
