package io.adversight.cli;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.data.Labels;
import io.adversight.home.DataHome;
import io.adversight.image.ImageFiles;
import io.adversight.image.ImageFormatException;
import io.adversight.input.InputException;
import io.adversight.model.ModelCard;
import io.adversight.study.image.DataSetImage;
import io.adversight.study.image.ImageInputs;
import io.adversight.study.image.ImageSource;
import io.adversight.study.image.InputImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which images. */
final class ImageOptions {
  /** The largest image whose pixels Java can number. */
  private static final long MOST_MEGAPIXELS = Integer.MAX_VALUE / 1_000_000;

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description = {
        "images (PNG, JPEG, WebP, TIFF, BMP, GIF, .npy), folders of them, or images of a data"
            + " set,",
        "such as cifar10:0-99"
      })
  List<String> words = List.of();

  @Mixin LabelOption label = new LabelOption();

  @Option(
      names = "--max-megapixels",
      paramLabel = "N",
      description = "largest image that is decoded (default: ${DEFAULT-VALUE})")
  long maxMegapixels = ImageFiles.DEFAULT_MAX_PIXELS / 1_000_000;

  @Mixin ReadingOptions reading = new ReadingOptions();

  /** Reads images; those of folders that cannot be read are noted and left out. */
  List<InputImage> read(List<ImageSource> sources, ModelCard card, Labels labels) {
    List<InputImage> images = new ArrayList<>();
    for (ImageSource source : sources) {
      try {
        images.add(source.read(card, labels));
      } catch (ImageFormatException e) {
        reading.note(source.name(), e, source.isFromFolder());
      }
    }
    return images;
  }

  /**
   * The images, each once: those of data sets first, then files in the order of their names.
   *
   * @throws io.adversight.image.ImageFormatException if a path does not exist
   */
  List<ImageSource> sources(DataHome home) {
    Map<String, DataSet> sets = new HashMap<>();
    List<ImageSource> sources = new ArrayList<>();
    Set<List<Object>> known = new HashSet<>();
    for (String word : words) {
      if (isRange(word)) {
        DataSetImage.Range range = DataSetImage.Range.parse(word);
        DataSet set = sets.computeIfAbsent(range.id(), id -> DataSets.find(id, home));
        range.of(set).stream()
            .filter(image -> known.add(List.of(range.id(), image.index())))
            .forEach(sources::add);
      }
    }
    sources.addAll(labelled(words.stream().filter(word -> !isRange(word)).map(Path::of).toList()));
    return ImageSource.distinct(sources);
  }

  private static boolean isRange(String word) {
    return DataSetImage.Range.isRange(word) && !Files.exists(Path.of(word));
  }

  private long maxPixels() {
    if (maxMegapixels < 1 || maxMegapixels > MOST_MEGAPIXELS) {
      throw new InputException(
          "--max-megapixels must be from 1 to %s, but was %s"
              .formatted(MOST_MEGAPIXELS, maxMegapixels));
    }
    return maxMegapixels * 1_000_000;
  }

  private List<ImageSource> labelled(List<Path> files) {
    long maxPixels = maxPixels();
    return ImageInputs.list(files).stream()
        .map(source -> (ImageSource) new ImageInputs.Labelled(source, maxPixels, label.label()))
        .toList();
  }
}
