package io.adversight.data;

/** Two parts of a data set that have no image in common. */
public record Split(DataSet first, DataSet second) {}
