package io.adversight.lab.desk;

/** Networks that visitors bring. */
public final class ModelUploads {
  static final long LARGEST = Math.min(600L << 20, Runtime.getRuntime().maxMemory() / 4);

  private ModelUploads() {}
}
