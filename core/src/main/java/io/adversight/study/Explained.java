package io.adversight.study;

import io.adversight.attribution.Heatmap;

/**
 * An explanation of one picture.
 *
 * @param method how it was made
 * @param explainedClass the class that is explained
 * @param heatmap the maps
 */
public record Explained(Algorithm method, int explainedClass, Heatmap heatmap) {}
