package io.adversight.tensor;

import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * oneDNN, which libtorch computes convolutions with, writes its machine code while it runs. On some
 * virtual machines that hide the caches of an AMD processor, the code that it writes for AVX2 and
 * AVX-512 gives wrong gradients of convolutions, and writes beyond its memory; that for AVX turns
 * what was in the memory before into NaN. So one gradient whose value is known is computed first.
 */
final class OneDnn {
  private static final int CHANNELS = 6;
  private static final int SIZE = 28;
  private static final int KERNEL = 5;

  /** Each row and column of the window reaches all pixels but those beyond the border. */
  private static final int REACHED = 2 * (SIZE - 2) + 2 * (SIZE - 1) + SIZE;

  private OneDnn() {}

  /** Turns it off if it is wrong; libtorch has kernels of its own. Whether it stays on. */
  static boolean check() {
    boolean right = isRight();
    if (!right) {
      torch.globalContext().setUserEnabledMkldnn(false);
      torch.globalContext().setUserEnabledNNPACK(false); // else it warns where it does not run
    }
    return right;
  }

  /** Whether the gradient of a convolution of ones with ones has the sum that it must have. */
  static boolean isRight() {
    try (PointerScope scope = new PointerScope();
        BoolPointer wanted = new BoolPointer(3)) {
      wanted.put(0, true).put(1, false).put(2, false);
      Tensor output = torch.ones(1, CHANNELS, SIZE, SIZE);
      Tensor input = torch.ones(1, 1, SIZE, SIZE);
      Tensor weight = torch.ones(CHANNELS, 1, KERNEL, KERNEL);
      long[] ones = {1, 1};
      long[] border = {KERNEL / 2, KERNEL / 2};
      T_TensorTensorTensor_T gradients =
          torch.convolution_backward(
              output,
              input,
              weight,
              new long[0],
              ones,
              border,
              ones,
              false,
              new long[2],
              1,
              wanted);
      return gradients.get0().sum().item_double() == (double) CHANNELS * REACHED * REACHED;
    }
  }
}
