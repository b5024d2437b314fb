package io.adversight.visualization;

import io.adversight.image.Raster;

/**
 * An image made for an objective.
 *
 * @param image pixels in [0, 1]
 * @param before the objective at the first image, without transformations or penalties
 * @param after the objective at the image
 */
public record Visualization(Raster image, double before, double after) {}
