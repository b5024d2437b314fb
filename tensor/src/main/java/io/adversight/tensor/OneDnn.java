package io.adversight.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * oneDNN, which libtorch computes convolutions with, writes its machine code while it runs, for the
 * processor that it believes to have. On some virtual machines the code that it writes for AVX2 and
 * AVX-512 gives wrong gradients of convolutions, and writes beyond its memory. So one gradient
 * whose value is known is computed first.
 */
final class OneDnn {
  private static final int CHANNELS = 6;
  private static final int SIZE = 28;
  private static final int KERNEL = 5;

  /** Each row and column of the window reaches all pixels but those beyond the border. */
  private static final int REACHED = 2 * (SIZE - 2) + 2 * (SIZE - 1) + SIZE;

  private static final String INSTRUCTIONS = "ONEDNN_MAX_CPU_ISA";
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

  private OneDnn() {}

  /** Before it is used first: limits its instructions where others are known to be wrong. */
  static void limit() {
    if (System.getenv(INSTRUCTIONS) == null && !Files.exists(CACHES) && isAmd()) {
      torch.set_env(INSTRUCTIONS, "AVX");
      torch.globalContext().setUserEnabledNNPACK(false); // it warns where it knows no caches
    }
  }

  private static boolean isAmd() {
    try (Stream<String> lines = Files.lines(PROCESSOR)) {
      return lines.anyMatch(line -> line.startsWith("vendor_id") && line.endsWith("AuthenticAMD"));
    } catch (IOException | UncheckedIOException e) {
      return false; // no Linux
    }
  }

  /** Turns it off if it is wrong; libtorch has kernels of its own. Whether it stays on. */
  static boolean check() {
    boolean right = isRight();
    if (!right) {
      torch.globalContext().setUserEnabledMkldnn(false);
      torch.globalContext().setUserEnabledNNPACK(false);
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
