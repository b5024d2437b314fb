package io.adversight.cli;

import io.adversight.catalog.Kind;
import io.adversight.describe.Check;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.model.ModelCard;
import io.adversight.model.NetworkView;
import io.adversight.report.image.ImageOutputFolder;
import io.adversight.run.FrameListener;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.Ascent;
import io.adversight.visualization.FeatureVisualization;
import io.adversight.visualization.parameterization.ImageBatch;
import io.adversight.visualization.parameterization.Parameterization;
import io.adversight.visualization.regularizer.Regularizer;
import io.adversight.visualization.transformation.Transformation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What commands that optimise images have in common: the parts, all of them exchangeable. */
final class VisualizationOptions {
  private static final int COLUMNS = 6;

  @Option(
      names = "--parameterization",
      paramLabel = "NAME",
      description = "parameterization of the image (default: fourier)")
  @Nullable String parameterization;

  @Option(
      names = "--transformations",
      paramLabel = "NAME[,NAME]",
      description = "random transformations per step, in this order; none: no transformation")
  @Nullable String transformations;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "optimizer (default: adam-ascent)")
  @Nullable String optimizer;

  @Option(
      names = "--regularizers",
      paramLabel = "NAME[,NAME]",
      description = "penalties on the image")
  @Nullable String regularizers;

  @Option(names = "--steps", paramLabel = "N", description = "of the optimizer (default: 256)")
  @Nullable Integer steps;

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description = "height and width of the images (default: the network's)")
  @Nullable Integer imageSize;

  @Option(names = "--seed", paramLabel = "N", description = "of all randomness (default: 0)")
  long seed;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "save so many frames on the way, as an animation and as a strip")
  int frames;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = FreshFolder.DEFAULT,
      converter = FreshFolder.class,
      description = "for the results (default: ${DEFAULT-VALUE})")
  Path out = Path.of("");

  /** The defaults of one command. */
  record Defaults(
      String parameterization,
      String transformations,
      String optimizer,
      String regularizers,
      int steps) {
    List<AlgorithmOptions.Naming> namings() {
      return List.of(
          naming("--parameterization", parameterization, Kind.PARAMETERIZATION),
          naming("--transformations", transformations, Kind.TRANSFORMATION),
          naming("--optimizer", optimizer, Kind.OPTIMIZER),
          naming("--regularizers", regularizers, Kind.REGULARIZER));
    }

    private static AlgorithmOptions.Naming naming(String option, String value, Kind kind) {
      return new AlgorithmOptions.Naming(option, value, List.of(kind));
    }
  }

  /** A way to make images, and how it was asked for. */
  record Way(FeatureVisualization way, Map<String, Object> settings) {
    Way {
      settings = Map.copyOf(settings);
    }
  }

  Way way(CommandSpec spec, Defaults defaults) {
    List<AlgorithmOptions.Naming> namings = defaults.namings();
    List<String> given = new ArrayList<>();
    given.add(or(parameterization, defaults.parameterization()));
    given.add(none(or(transformations, defaults.transformations())));
    given.add(or(optimizer, defaults.optimizer()));
    given.add(none(or(regularizers, defaults.regularizers())));
    Map<String, Object> settings = new LinkedHashMap<>();
    List<List<Algorithm>> parts = new ArrayList<>();
    for (int i = 0; i < namings.size(); i++) {
      List<Algorithm> read = AlgorithmOptions.read(spec, namings.get(i), given.get(i));
      parts.add(read);
      settings.put(namings.get(i).option().substring(2), read);
    }
    int wanted = steps == null ? defaults.steps() : steps;
    settings.put("steps", wanted);
    settings.put("seed", seed);
    FeatureVisualization way =
        new FeatureVisualization(
            only(parts.get(0), "--parameterization")
                .create(Parameterization.class, Kind.PARAMETERIZATION),
            parts.get(1).stream()
                .map(a -> a.create(Transformation.class, Kind.TRANSFORMATION))
                .toList(),
            parts.get(3).stream().map(a -> a.create(Regularizer.class, Kind.REGULARIZER)).toList(),
            only(parts.get(2), "--optimizer").create(Ascent.class, Kind.OPTIMIZER),
            wanted,
            frames > 0);
    return new Way(way, settings);
  }

  private static String or(@Nullable String given, String otherwise) {
    return given == null ? otherwise : given;
  }

  private static String none(String names) {
    return names.equals("none") ? "" : names;
  }

  private static Algorithm only(List<Algorithm> algorithms, String option) {
    if (algorithms.size() != 1) {
      throw new InputException("%s takes one name".formatted(option));
    }
    return algorithms.get(0);
  }

  ImageBatch batch(io.adversight.model.Classifier classifier, int count) {
    return imageSize == null
        ? ImageBatch.of(classifier, count)
        : new ImageBatch(classifier, count, imageSize, imageSize);
  }

  /** A photo of the size that the images have, as the network sees it. */
  Raster sized(Raster photo, ModelCard card) {
    if (imageSize == null) {
      return NetworkView.of(photo, card);
    }
    Check.within(8, ImageBatch.LARGEST, imageSize, "--image-size");
    Raster coloured = NetworkView.coloured(photo, card);
    return card.resize().mode() == io.adversight.model.InputResize.Mode.STRETCH
        ? RasterResize.stretch(coloured, imageSize, imageSize)
        : RasterResize.shortSideThenCentreCrop(coloured, imageSize, imageSize, imageSize);
  }

  Path folder() {
    return out;
  }

  /** A run of {@code count} images that collects frames. */
  Run run(int count, Frames collected) {
    Run run = Run.of(new Rng(seed), 0, count);
    return frames > 0 ? run.with((FrameListener) collected) : run;
  }

  /** A collector of as many frames as are wanted of one image's way. */
  Frames frames(Way way) {
    return new Frames(frames, way.way().steps());
  }

  /** Saves the frames of an image's way, if any are wanted. */
  void save(Frames collected, ImageOutputFolder folder, String name) {
    if (frames > 0) {
      folder.frames(name + "-way", "On the way to " + name, collected.kept(), COLUMNS);
    }
  }

  /** The first image at evenly spaced steps, the first and the last among them. */
  static final class Frames implements FrameListener {
    private final List<Raster> kept = new ArrayList<>();
    private final int wanted;
    private final int steps;
    private int seen;

    Frames(int wanted, int steps) {
      this.wanted = wanted;
      this.steps = steps;
    }

    @Override
    public void frame(Tensor images, Tensor loss) {
      seen++;
      long due = wanted < 2 ? steps : 1 + Math.round((steps - 1.0) * kept.size() / (wanted - 1));
      if (seen >= due && kept.size() < wanted) {
        try (Scope scope = Scope.open()) {
          kept.add(Batches.rasters(images.narrow(0, 0, 1)).get(0));
        }
      }
    }

    List<Raster> kept() {
      return List.copyOf(kept);
    }
  }
}
