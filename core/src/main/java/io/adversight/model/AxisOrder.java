package io.adversight.model;

/** The order of a network's input axes: batch, channels, rows, columns or channels last. */
public enum AxisOrder {
  /** Batch, channels, rows, columns: PyTorch, ONNX Model Zoo. */
  NCHW,
  /** Batch, rows, columns, channels: TensorFlow. */
  NHWC
}
