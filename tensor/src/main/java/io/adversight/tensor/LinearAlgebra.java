package io.adversight.tensor;

import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.global.torch;

/** Decompositions and spectra of tensors. */
public final class LinearAlgebra {
  private LinearAlgebra() {}

  /**
   * Eigenvalues in ascending order and their vectors in columns.
   *
   * @param values (..., n)
   * @param vectors (..., n, n)
   */
  public record Eigen(Tensor values, Tensor vectors) {}

  /** The eigenvalues and eigenvectors of symmetric matrices (..., n, n). */
  public static Eigen symmetricEigen(Tensor matrices) {
    T_TensorTensor_T both = Tensor.guarded(() -> torch.linalg_eigh(matrices.handle(), "L"));
    Eigen eigen =
        new Eigen(
            new Tensor(new org.bytedeco.pytorch.Tensor(both.get0())),
            new Tensor(new org.bytedeco.pytorch.Tensor(both.get1())));
    both.close();
    return eigen;
  }

  /**
   * The real image (..., H, W) of a half spectrum given as real and imaginary parts (..., H, W / 2
   * + 1, 2), with orthonormal scaling.
   */
  public static Tensor inverseRealFourier(Tensor spectrum, long height, long width) {
    return Tensor.run(
        () ->
            torch.fft_irfft2(
                torch.view_as_complex(spectrum.handle().contiguous()),
                new long[] {height, width},
                new long[] {-2, -1},
                new org.bytedeco.pytorch.StringViewOptional(
                    new org.bytedeco.javacpp.BytePointer("ortho"))));
  }
}
