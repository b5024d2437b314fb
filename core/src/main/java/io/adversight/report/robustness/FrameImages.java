package io.adversight.report.robustness;

import io.adversight.evaluation.robustness.TransitionFrame;
import io.adversight.image.ColorScale;
import io.adversight.image.Interpolation;
import io.adversight.image.Overlay;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import java.util.List;

/** The frames of a walk as images to look at, enlarged pixel by pixel, in RGB. */
public final class FrameImages {
  private static final double OPACITY = 0.6;

  private FrameImages() {}

  /** The decoded images, their shorter side of at least {@code side} pixels. */
  public static List<Raster> of(List<TransitionFrame> frames, int side) {
    return frames.stream().map(frame -> large(frame, side)).toList();
  }

  /** The same under their explanations, in colours around 0 if one of these has negative values. */
  public static List<Raster> explained(List<TransitionFrame> frames, int side) {
    boolean signed = frames.stream().anyMatch(frame -> frame.map().min() < 0);
    return frames.stream()
        .map(
            frame -> {
              Raster map = frame.map();
              Raster image = large(frame, side);
              ColorScale scale = signed ? ColorScale.signed(map) : ColorScale.of(map);
              Raster colours =
                  RasterResize.to(
                      scale.apply(map), image.height(), image.width(), Interpolation.NEAREST);
              return Overlay.blend(image, colours, OPACITY);
            })
        .toList();
  }

  private static Raster large(TransitionFrame frame, int side) {
    return RasterResize.enlarged(frame.image(), side).toRgb();
  }
}
