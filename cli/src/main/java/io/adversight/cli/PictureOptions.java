package io.adversight.cli;

import io.adversight.data.Labels;
import io.adversight.image.ImageFiles;
import io.adversight.model.ModelCard;
import io.adversight.study.Picture;
import io.adversight.study.PictureFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which pictures. */
final class PictureOptions {
  @Parameters(
      arity = "1..*",
      paramLabel = "PICTURE",
      description = "pictures (PNG, JPEG, WebP, BMP, GIF, .npy) or folders of them")
  List<Path> paths = List.of();

  @Option(
      names = "--label",
      paramLabel = "CLASS",
      description = "the true class of the pictures, by index or name (default: the predicted one)")
  @Nullable String label;

  @Option(
      names = "--max-megapixels",
      paramLabel = "N",
      description = "largest picture that is decoded (default: ${DEFAULT-VALUE})")
  long maxMegapixels = ImageFiles.DEFAULT_MAX_PIXELS / 1_000_000;

  List<PictureFiles.Source> sources() {
    return PictureFiles.list(paths);
  }

  Picture read(PictureFiles.Source source, ModelCard card, Labels labels) {
    return PictureFiles.read(
        source, card, Math.multiplyExact(maxMegapixels, 1_000_000L), classOf(label, labels));
  }

  /** The class that somebody named by index or name; empty for null. */
  static OptionalInt classOf(@Nullable String typed, Labels labels) {
    if (typed == null) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(labels.index(typed));
    } catch (IllegalArgumentException e) {
      throw new NoSuchElementException(e.getMessage(), e);
    }
  }
}
