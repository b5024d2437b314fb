package io.adversight.model;

/** The order of a network's input axes: batch, channels, rows, columns or channels last. */
public enum AxisOrder {
  NCHW,
  NHWC
}
