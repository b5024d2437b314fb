package io.adversight.report.study;

import io.adversight.attack.Trajectory;
import io.adversight.data.Labels;
import io.adversight.image.GifAnimation;
import io.adversight.image.ImageFiles;
import io.adversight.image.ImageGrid;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.image.Sheet;
import io.adversight.model.Prediction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What an attack did to one image step by step, with the loss and the likeliest classes. */
final class TrajectoryAnimation {
  private static final int SIDE = 168;
  private static final int LINES = 3;
  private static final int CAPTION = 16 * (LINES + 1) + 8;
  private static final int IN_STRIP = 12;
  private static final int ACROSS = 6;
  private static final int IN_ANIMATION = 60;
  private static final int MILLISECONDS = 250;
  private static final int INK = 0x22262e;
  private static final int FAINT = 0x6a7280;

  private final List<Raster> frames = new ArrayList<>();
  private final Labels labels;

  private TrajectoryAnimation(Labels labels) {
    this.labels = labels;
  }

  /** The animation, from the original on. */
  static TrajectoryAnimation of(
      Raster original, Prediction before, List<Trajectory.Frame> states, Labels labels) {
    TrajectoryAnimation trajectory = new TrajectoryAnimation(labels);
    trajectory.add("original", original, before);
    for (Trajectory.Frame state : states) {
      String title = String.format(Locale.ROOT, "step %d, loss %.3g", state.step(), state.loss());
      trajectory.add(title, state.image(), state.prediction());
    }
    return trajectory;
  }

  private void add(String title, Raster image, Prediction prediction) {
    Raster shown = RasterResize.enlarged(image, SIDE);
    int width = Math.max(shown.width(), SIDE);
    Sheet sheet = new Sheet(width, shown.height() + CAPTION);
    sheet.image(shown, (width - shown.width()) / 2, 0, shown.width(), shown.height());
    int y = shown.height() + 16;
    sheet.text(title, 2, y, 12, true, INK, Sheet.Align.LEFT);
    for (int index : prediction.top(LINES)) {
      y += 16;
      String share = String.format(Locale.ROOT, "%.1f %%", 100 * prediction.probability(index));
      int left = sheet.width(share, 12, false) + 10;
      sheet.text(
          sheet.fitted(labels.name(index), width - left, 12),
          2,
          y,
          12,
          false,
          INK,
          Sheet.Align.LEFT);
      sheet.text(share, width - 2, y, 12, false, FAINT, Sheet.Align.RIGHT);
    }
    frames.add(sheet.raster());
  }

  /**
   * Writes {@code trajectory.png} and {@code trajectory.gif}; long trajectories are thinned out,
   * ends are kept.
   */
  void write(Path folder) {
    List<Raster> few = thinned(IN_STRIP);
    ImageFiles.writePng(
        ImageGrid.of(few, Math.min(ACROSS, few.size()), 10), folder.resolve("trajectory.png"));
    GifAnimation.write(thinned(IN_ANIMATION), MILLISECONDS, folder.resolve("trajectory.gif"));
  }

  private List<Raster> thinned(int most) {
    int count = Math.min(most, frames.size());
    return IntStream.range(0, count)
        .mapToObj(i -> frames.get(count == 1 ? 0 : i * (frames.size() - 1) / (count - 1)))
        .toList();
  }
}
