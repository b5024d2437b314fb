/**
 * Distances of two images or maps: Lp norms, mean squared error, Wasserstein distances, shift of
 * the centroid. Zero for equal arguments.
 */
@NullMarked
package io.adversight.metric.distance;

import org.jspecify.annotations.NullMarked;
