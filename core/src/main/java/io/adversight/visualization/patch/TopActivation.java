package io.adversight.visualization.patch;

/**
 * Where a channel responded most within one image.
 *
 * @param image its number in the scanned set
 * @param value of the activation
 * @param row of the layer
 * @param column of the layer
 */
public record TopActivation(int image, double value, int row, int column) {}
