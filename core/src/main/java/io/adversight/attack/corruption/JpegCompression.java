package io.adversight.attack.corruption;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * JPEG at a quality between {@code low} and {@code high}, in 1 to 100: colours are halved in size
 * (4:2:0), blocks of 8 x 8 transformed by the discrete cosine transform, divided by the standard's
 * tables and rounded. On the way back rounding counts as the identity (straight through).
 */
@Doc("JPEG compression")
@Paper("kurakin2017")
public record JpegCompression(
    @Doc("lowest quality, from 1") double low, @Doc("highest quality, to 100") double high)
    implements Corruption {
  /** ITU-T T.81 (1992), table K.1. */
  private static final int[] LUMINANCE = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
  };

  /** ITU-T T.81 (1992), table K.2. */
  private static final int[] CHROMINANCE = {
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
  };

  /** Qualities 50 to 90. */
  public JpegCompression() {
    this(50, 90);
  }

  public JpegCompression {
    StrengthRange.check(1, low, high, 100, "JPEG quality");
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    double[] quality = Corruption.draw(images, run, 0, low, high).toDoubles();
    long height = images.size(2);
    long width = images.size(3);
    boolean colour = images.size(1) == 3;
    long block = colour ? 16 : 8;
    List<Long> pads =
        List.of(0L, (block - width % block) % block, 0L, (block - height % block) % block);
    Tensor x = straight(Kernels.pad(images, pads, "replicate", 0).mul(255));
    Tensor decoded = colour ? colour(x, quality) : coded(x, quality, LUMINANCE);
    return straight(decoded).narrow(2, 0, height).narrow(3, 0, width).clamp(0, 255).div(255);
  }

  /** Through YCbCr with halved colours (JFIF 1.02, section 7). */
  private static Tensor colour(Tensor x, double[] quality) {
    Tensor r = x.narrow(1, 0, 1);
    Tensor g = x.narrow(1, 1, 1);
    Tensor b = x.narrow(1, 2, 1);
    Tensor y = r.mul(0.299).add(g.mul(0.587)).add(b.mul(0.114));
    Tensor blue = b.sub(y).div(1.772).add(128);
    Tensor red = r.sub(y).div(1.402).add(128);
    Tensor luminance = coded(straight(y), quality, LUMINANCE);
    Tensor cb = halved(blue, quality).sub(128);
    Tensor cr = halved(red, quality).sub(128);
    Tensor green = luminance.sub(cb.mul(0.344136)).sub(cr.mul(0.714136));
    return Tensor.concat(
        List.of(luminance.add(cr.mul(1.402)), green, luminance.add(cb.mul(1.772))), 1);
  }

  private static Tensor halved(Tensor plane, double[] quality) {
    Kernels.Window window = Kernels.Window.of(2, 0, 1);
    Tensor small = Kernels.averagePool(plane, List.of(2L, 2L), window, false, false);
    Tensor back = coded(straight(small), quality, CHROMINANCE);
    return Kernels.bilinear(back, plane.size(2), plane.size(3), false);
  }

  /** One plane (N, 1, H, W) of grey levels, through the quantised cosine transform. */
  private static Tensor coded(Tensor plane, double[] quality, int[] table) {
    long n = plane.size(0);
    long rows = plane.size(2) / 8;
    long columns = plane.size(3) / 8;
    Tensor cosine = cosine().like(plane);
    Tensor blocks = plane.sub(128).reshape(n, rows, 8, columns, 8).permute(0, 1, 3, 2, 4);
    Tensor steps = steps(quality, table).like(plane);
    Tensor coefficients = cosine.matmul(blocks).matmul(cosine.transpose(0, 1));
    Tensor kept = straight(coefficients.div(steps)).mul(steps);
    Tensor back = cosine.transpose(0, 1).matmul(kept).matmul(cosine);
    return back.permute(0, 1, 3, 2, 4).reshape(n, 1, 8 * rows, 8 * columns).add(128);
  }

  /** The orthonormal cosine transform of 8 values. */
  private static Tensor cosine() {
    double[] values = new double[64];
    for (int k = 0; k < 8; k++) {
      for (int i = 0; i < 8; i++) {
        double scale = k == 0 ? Math.sqrt(1 / 8.0) : 0.5;
        values[8 * k + i] = scale * Math.cos((2 * i + 1) * k * Math.PI / 16);
      }
    }
    return Tensor.of(values, 8, 8);
  }

  /** The table at each image's quality, scaled as the Independent JPEG Group does. */
  private static Tensor steps(double[] quality, int[] table) {
    double[] values = new double[quality.length * 64];
    for (int n = 0; n < quality.length; n++) {
      double scale = quality[n] < 50 ? 5000 / quality[n] : 200 - 2 * quality[n];
      for (int i = 0; i < 64; i++) {
        double step = Math.floor((table[i] * scale + 50) / 100);
        values[64 * n + i] = Math.min(Math.max(step, 1), 255);
      }
    }
    return Tensor.of(values, quality.length, 1, 1, 8, 8);
  }

  /** Rounded, with the gradient of the identity. */
  private static Tensor straight(Tensor x) {
    return x.add(x.round().sub(x).detach());
  }
}
