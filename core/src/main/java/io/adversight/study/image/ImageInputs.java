package io.adversight.study.image;

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

/** Finds image files and brings images to the size and channels that a network takes. */
public final class ImageInputs {
  private ImageInputs() {}

  /**
   * A file that holds an image, and the name of its results.
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
   * @param maxPixels the largest image that is decoded
   * @param typedClass its class as given by the user; empty if none was
   */
  public record Labelled(Source source, long maxPixels, Optional<ClassChoice> typedClass)
      implements ImageSource {
    @Override
    public String name() {
      return source.name();
    }

    @Override
    public boolean isFromFolder() {
      return source.fromFolder();
    }

    @Override
    public ImageIdentity identity(Labels labels) {
      return new ImageIdentity(sha256(source.file()), label(labels));
    }

    @Override
    public InputImage read(ModelCard card, Labels labels) {
      return ImageInputs.read(source, card, maxPixels, label(labels));
    }

    private OptionalInt label(Labels labels) {
      return typedClass
          .map(typed -> OptionalInt.of(labels.index(typed)))
          .orElse(OptionalInt.empty());
    }
  }

  /**
   * The images among files and folders, folders in the order of their names.
   *
   * @throws ImageFormatException if a path does not exist, or a folder holds no image
   */
  public static List<Source> list(List<Path> paths) {
    FileNames names = new FileNames();
    List<Source> sources = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new ImageFormatException(
            "%s: no such file or folder; give an image or a folder of images".formatted(path));
      }
      boolean folder = Files.isDirectory(path);
      for (Path file : folder ? imagesIn(path) : List.of(path)) {
        sources.add(new Source(file, names.unique(stem(file)), folder));
      }
    }
    return sources;
  }

  private static List<Path> imagesIn(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> images =
          entries
              .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
              .filter(file -> Files.isRegularFile(file) && ImageFiles.hasImageName(file))
              .sorted()
              .toList();
      if (images.isEmpty()) {
        throw new ImageFormatException(
            "%s: the folder holds no image (.png, .jpg, .webp, .tif, .bmp, .gif or .npy)"
                .formatted(folder));
      }
      return images;
    } catch (IOException e) {
      throw new UncheckedIOException("the folder %s cannot be read".formatted(folder), e);
    }
  }

  private static String stem(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "image" : last.toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** An image file as the network sees it; {@code label} is its class where it is known. */
  public static InputImage read(Source source, ModelCard card, long maxPixels, OptionalInt label) {
    Raster image = ImageFiles.read(source.file(), maxPixels);
    return new InputImage(
        source.name(), source.file().toString(), sha256(source.file()), view(image, card), label);
  }

  private static String sha256(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the file %s cannot be read".formatted(file), e);
    }
  }

  /** An image of any size {@linkplain NetworkView#of as the network sees it}. */
  public static Raster view(Raster image, ModelCard card) {
    return NetworkView.of(image, card);
  }
}
