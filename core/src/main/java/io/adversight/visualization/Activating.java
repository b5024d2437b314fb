package io.adversight.visualization;

/**
 * Where a channel responded most within one picture.
 *
 * @param picture its number in the scanned set
 * @param value of the activation
 * @param row of the layer
 * @param column of the layer
 */
public record Activating(int picture, double value, int row, int column) {}
