package io.adversight.study.picture;

import io.adversight.data.ClassChoice;
import io.adversight.data.Labels;
import io.adversight.file.FileNames;
import io.adversight.home.Sha256;
import io.adversight.image.ImageFiles;
import io.adversight.image.ImageFormatException;
import io.adversight.image.Raster;
import io.adversight.model.ModelCard;
import io.adversight.model.NetworkView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Finds picture files and brings pictures to the size and channels that a network takes. */
public final class PictureFiles {
  private PictureFiles() {}

  /**
   * A file that holds a picture, and the name of its results.
   *
   * @param file where it lies
   * @param name its name without ending, made unique in its set
   * @param fromFolder whether it was found in a folder, and not named itself
   */
  public record Source(Path file, String name, boolean fromFolder) {}

  /**
   * A file whose class may be known.
   *
   * @param source the file
   * @param maxPixels the largest picture that is decoded
   * @param typedClass its class as given by the user; empty if none was
   */
  public record Labelled(Source source, long maxPixels, Optional<ClassChoice> typedClass)
      implements PictureSource {
    @Override
    public String name() {
      return source.name();
    }

    @Override
    public boolean isFromFolder() {
      return source.fromFolder();
    }

    @Override
    public Picture read(ModelCard card, Labels labels) {
      OptionalInt label =
          typedClass.map(typed -> OptionalInt.of(labels.index(typed))).orElse(OptionalInt.empty());
      return PictureFiles.read(source, card, maxPixels, label);
    }
  }

  /**
   * The pictures among files and folders, folders in the order of their names.
   *
   * @throws ImageFormatException if a path does not exist, or a folder holds no picture
   */
  public static List<Source> list(List<Path> paths) {
    FileNames names = new FileNames();
    List<Source> sources = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new ImageFormatException(
            "%s: no such file or folder; give a picture or a folder of pictures".formatted(path));
      }
      boolean folder = Files.isDirectory(path);
      for (Path file : folder ? picturesIn(path) : List.of(path)) {
        sources.add(new Source(file, names.unique(stem(file)), folder));
      }
    }
    return sources;
  }

  private static List<Path> picturesIn(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> pictures =
          entries
              .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
              .filter(file -> Files.isRegularFile(file) && ImageFiles.hasPictureName(file))
              .sorted()
              .toList();
      if (pictures.isEmpty()) {
        throw new ImageFormatException(
            "%s: the folder holds no picture (.png, .jpg, .webp, .tif, .bmp, .gif or .npy)"
                .formatted(folder));
      }
      return pictures;
    } catch (IOException e) {
      throw new UncheckedIOException("the folder %s cannot be read".formatted(folder), e);
    }
  }

  private static String stem(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "picture" : last.toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** A picture file as the network sees it; {@code label} is its class where it is known. */
  public static Picture read(Source source, ModelCard card, long maxPixels, OptionalInt label) {
    Raster picture = ImageFiles.read(source.file(), maxPixels);
    return new Picture(
        source.name(), source.file().toString(), sha256(source.file()), view(picture, card), label);
  }

  private static String sha256(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the file %s cannot be read".formatted(file), e);
    }
  }

  /** A picture of any size {@linkplain NetworkView#of as the network sees it}. */
  public static Raster view(Raster picture, ModelCard card) {
    return NetworkView.of(picture, card);
  }
}
