package io.adversight.tensor;

/** The exception that a machine with little memory throws. */
public final class Shortage {
  private Shortage() {}

  public static TensorException.OutOfMemory outOfMemory() {
    return new TensorException.OutOfMemory("not enough memory", new OutOfMemoryError());
  }
}
