package io.adversight.data;

import io.adversight.file.IoReason;
import io.adversight.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a folder of images. Where the folder has sub-folders with images, these are the classes in
 * order of their names, except that WordNet ids are ImageNet's classes; a number in front ({@code
 * 001.Name}) is not part of the name. Else the images lie in the folder itself, and those named
 * {@code INDEX_WORDNETID_name} have ImageNet's class of that id, the others none.
 */
public final class ImageFolder {
  private static final Pattern WORDNET = Pattern.compile("n\\d{8}");
  private static final Pattern SAMPLE = Pattern.compile("\\d+_(n\\d{8})_.+");
  private static final Pattern NUMBERED = Pattern.compile("\\d+\\.(.+)");

  private ImageFolder() {}

  /**
   * Reads the folder; one with CUB's lists in it is read by {@link Cub}.
   *
   * @throws DataSetFormatException if there is no such folder, or no image in it
   */
  public static DataSet read(Path folder) {
    if (Cub.isAt(folder)) {
      return Cub.read(folder);
    }
    List<Path> classes =
        list(folder, Files::isDirectory).stream().filter(sub -> !images(sub).isEmpty()).toList();
    DataSet set = classes.isEmpty() ? flat(folder) : byClass(folder, classes);
    if (set.size() == 0) {
      throw new DataSetFormatException(
          folder, "no images here; expected image files, or a folder of them for each class");
    }
    return set;
  }

  private static DataSet byClass(Path folder, List<Path> classes) {
    List<String> names = classes.stream().map(ImageFolder::name).toList();
    boolean imageNet = names.stream().allMatch(name -> WORDNET.matcher(name).matches());
    Labels labels = imageNet ? Labels.named("imagenet-1k") : Labels.of(names);
    List<FileImages.InputImage> images = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      int label = imageNet ? wordNet(labels, names.get(i), classes.get(i)) : i;
      for (Path file : images(classes.get(i))) {
        images.add(new FileImages.InputImage(file, label));
      }
    }
    List<String> classNames =
        imageNet ? labels.names() : names.stream().map(ImageFolder::className).toList();
    return new FileImages(name(folder), images, classNames);
  }

  private static DataSet flat(Path folder) {
    return files(name(folder), images(folder));
  }

  /**
   * Some image files as a set; those named {@code INDEX_WORDNETID_name} have ImageNet's class of
   * that id.
   */
  public static DataSet files(String name, List<Path> files) {
    Labels imageNet = Labels.named("imagenet-1k");
    List<FileImages.InputImage> images = new ArrayList<>();
    boolean labelled = false;
    for (Path file : files) {
      Matcher sample = SAMPLE.matcher(name(file));
      boolean known = sample.matches();
      labelled |= known;
      images.add(
          new FileImages.InputImage(
              file, known ? wordNet(imageNet, sample.group(1), file) : DataSet.UNLABELLED));
    }
    return new FileImages(name, images, labelled ? imageNet.names() : List.of());
  }

  private static int wordNet(Labels imageNet, String id, Path path) {
    try {
      return imageNet.index(id);
    } catch (NoSuchElementException e) {
      throw new DataSetFormatException(path, id + " is none of the 1000 classes of ImageNet");
    }
  }

  /** The name of a class whose folder may have a number in front. */
  static String className(String folderName) {
    Matcher numbered = NUMBERED.matcher(folderName);
    return (numbered.matches() ? numbered.group(1) : folderName).replace('_', ' ');
  }

  private static List<Path> images(Path folder) {
    return list(folder, file -> ImageFiles.hasImageName(file) && Files.isRegularFile(file));
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) {
    if (!Files.isDirectory(folder)) {
      throw new DataSetFormatException(folder, "there is no such folder");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> !name(f).startsWith(".")).filter(wanted).sorted().toList();
    } catch (IOException e) {
      throw new DataSetFormatException(folder, "cannot be read: " + IoReason.of(e));
    }
  }

  static String name(Path path) {
    return Optional.ofNullable(path.toAbsolutePath().normalize().getFileName())
        .map(Path::toString)
        .orElse("/");
  }
}
