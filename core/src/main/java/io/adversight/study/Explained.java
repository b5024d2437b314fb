package io.adversight.study;

import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.Heatmap;

/**
 * An explanation of one image.
 *
 * @param method how it was made
 * @param explainedClass the class that is explained
 * @param reduction how contributions became one map
 * @param heatmap the maps
 */
public record Explained(
    Algorithm method, int explainedClass, ChannelReduction reduction, Heatmap heatmap) {}
