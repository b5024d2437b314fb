package io.adversight.lab.response;

import io.adversight.attribution.Heatmap;
import io.adversight.image.Raster;
import io.adversight.lab.live.Blob;
import io.adversight.lab.live.Frame;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.model.Batches;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Shows the map of a slow method while it is being made, a few times a second. */
final class Partial {
  private static final long PAUSE_NANOS = 250_000_000;

  private final Consumer<Frame> frames;
  private final int method;
  private final AlgorithmChoice choice;
  private final String on;
  private final ClassName explained;
  private final AtomicBoolean cancel;
  private long shown = System.nanoTime();
  private long done;
  private long total;
  private String unit = "";

  Partial(
      Consumer<Frame> frames,
      int method,
      AlgorithmChoice choice,
      String on,
      ClassName explained,
      AtomicBoolean cancel) {
    this.frames = frames;
    this.method = method;
    this.choice = choice;
    this.on = on;
    this.explained = explained;
    this.cancel = cancel;
  }

  /** The run with this one listening. */
  Run listening(Run run) {
    return run.with(
            (finished, all, what) -> {
              done = finished;
              total = all;
              unit = what;
            })
        .with((Tensor images, Tensor loss) -> show(images));
  }

  private void show(Tensor images) {
    long now = System.nanoTime();
    if (now - shown < PAUSE_NANOS || images.rank() != 4 || cancel.get()) {
      return;
    }
    shown = now;
    Raster map;
    try (Scope scope = Scope.open()) {
      Tensor one = images.narrow(0, 0, 1).sum(1);
      map = Batches.rasters(one.rank() == 4 ? one : one.unsqueeze(1)).get(0);
    }
    frames.accept(
        Frame.part(fields(true, map, false, List.of()), List.of(Blob.values("map", map))));
  }

  /** The finished map. */
  Frame finished(Heatmap heatmap, boolean signed) {
    List<String> hints = new ArrayList<>();
    if (heatmap.isAllNegative()) {
      hints.add("this map is all negative: every place speaks against the class");
    }
    if (heatmap.isEmpty()) {
      hints.add("this map is zero everywhere: the method attributes nothing");
    }
    List<Blob> blobs = new ArrayList<>();
    blobs.add(Blob.values("map", heatmap.map()));
    if (signed) {
      blobs.add(Blob.values("signed", heatmap.attribution()));
    }
    return Frame.part(fields(false, heatmap.map(), heatmap.isAllNegative(), hints), blobs);
  }

  private MapsResponder.MapFields fields(
      boolean partial, Raster map, boolean allNegative, List<String> hints) {
    String layer = choice.parameters() == null ? null : choice.parameters().get("layer");
    return new MapsResponder.MapFields(
        method,
        choice.id(),
        on,
        explained,
        layer,
        partial,
        done,
        total,
        unit,
        map.min(),
        map.max(),
        allNegative,
        hints);
  }
}
