package io.adversight.data;

/** Two parts of a data set that have no picture in common. */
public record Split(DataSet first, DataSet second) {}
