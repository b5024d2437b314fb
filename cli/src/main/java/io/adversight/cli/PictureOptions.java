package io.adversight.cli;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.data.Labels;
import io.adversight.home.DataHome;
import io.adversight.image.ImageFiles;
import io.adversight.image.ImageFormatException;
import io.adversight.input.InputException;
import io.adversight.model.ModelCard;
import io.adversight.study.picture.DataSetPicture;
import io.adversight.study.picture.Picture;
import io.adversight.study.picture.PictureFiles;
import io.adversight.study.picture.PictureSource;
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

/** Which pictures. */
final class PictureOptions {
  /** The largest image whose pixels Java can number. */
  private static final long MOST_MEGAPIXELS = Integer.MAX_VALUE / 1_000_000;

  @Parameters(
      arity = "1..*",
      paramLabel = "PICTURE",
      description = {
        "pictures (PNG, JPEG, WebP, TIFF, BMP, GIF, .npy), folders of them, or pictures of a data"
            + " set,",
        "such as cifar10:0-99"
      })
  List<String> words = List.of();

  @Mixin LabelOption label = new LabelOption();

  @Option(
      names = "--max-megapixels",
      paramLabel = "N",
      description = "largest picture that is decoded (default: ${DEFAULT-VALUE})")
  long maxMegapixels = ImageFiles.DEFAULT_MAX_PIXELS / 1_000_000;

  @Mixin ReadingOptions reading = new ReadingOptions();

  /** Reads images; those of folders that cannot be read are noted and left out. */
  List<Picture> read(List<PictureSource> sources, ModelCard card, Labels labels) {
    List<Picture> pictures = new ArrayList<>();
    for (PictureSource source : sources) {
      try {
        pictures.add(source.read(card, labels));
      } catch (ImageFormatException e) {
        reading.note(source.name(), e, source.isFromFolder());
      }
    }
    return pictures;
  }

  /**
   * The pictures, each once: those of data sets first, then files in the order of their names.
   *
   * @throws io.adversight.image.ImageFormatException if a path does not exist
   */
  List<PictureSource> sources(DataHome home) {
    Map<String, DataSet> sets = new HashMap<>();
    List<PictureSource> sources = new ArrayList<>();
    Set<List<Object>> known = new HashSet<>();
    for (String word : words) {
      if (isRange(word)) {
        DataSetPicture.Range range = DataSetPicture.Range.parse(word);
        DataSet set = sets.computeIfAbsent(range.id(), id -> DataSets.find(id, home));
        range.of(set).stream()
            .filter(picture -> known.add(List.of(range.id(), picture.index())))
            .forEach(sources::add);
      }
    }
    sources.addAll(labelled(words.stream().filter(word -> !isRange(word)).map(Path::of).toList()));
    return PictureSource.distinct(sources);
  }

  private static boolean isRange(String word) {
    return DataSetPicture.Range.isRange(word) && !Files.exists(Path.of(word));
  }

  private long maxPixels() {
    if (maxMegapixels < 1 || maxMegapixels > MOST_MEGAPIXELS) {
      throw new InputException(
          "--max-megapixels must be from 1 to %s, but was %s"
              .formatted(MOST_MEGAPIXELS, maxMegapixels));
    }
    return maxMegapixels * 1_000_000;
  }

  private List<PictureSource> labelled(List<Path> files) {
    long maxPixels = maxPixels();
    return PictureFiles.list(files).stream()
        .map(source -> (PictureSource) new PictureFiles.Labelled(source, maxPixels, label.label()))
        .toList();
  }
}
