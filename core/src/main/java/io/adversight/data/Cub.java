package io.adversight.data;

import io.adversight.file.IoReason;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Reads the layout of Caltech-UCSD Birds 200-2011: {@code images.txt} (number and path), {@code
 * image_class_labels.txt} (number and class from 1), {@code train_test_split.txt} (number and 1 for
 * training), {@code classes.txt} (class and name), the images in {@code images/}.
 */
public final class Cub {
  private static final String IMAGES = "images.txt";
  private static final String LABELS = "image_class_labels.txt";
  private static final String SPLIT = "train_test_split.txt";
  private static final String CLASSES = "classes.txt";

  private Cub() {}

  /** Whether a folder has the lists of this layout. */
  public static boolean isAt(Path folder) {
    return Files.isRegularFile(folder.resolve(IMAGES))
        && Files.isRegularFile(folder.resolve(LABELS));
  }

  /**
   * All images.
   *
   * @throws DataSetFormatException if a list is missing or damaged
   */
  public static DataSet read(Path folder) {
    return read(folder, ImageFolder.name(folder), image -> true);
  }

  /**
   * The images for training and those for testing.
   *
   * @throws DataSetFormatException if a list is missing or damaged
   */
  public static Split split(Path folder) {
    Path file = folder.resolve(SPLIT);
    Map<Integer, String> training = lines(file);
    for (Map.Entry<Integer, String> line : training.entrySet()) {
      if (!line.getValue().equals("0") && !line.getValue().equals("1")) {
        throw new DataSetFormatException(
            file,
            "expected 0 or 1 for image %s, but got %s".formatted(line.getKey(), line.getValue()));
      }
    }
    String name = ImageFolder.name(folder);
    return new Split(
        read(folder, name + "-train", image -> "1".equals(training.get(image))),
        read(folder, name + "-test", image -> "0".equals(training.get(image))));
  }

  private static DataSet read(Path folder, String name, Predicate<Integer> wanted) {
    Path labelFile = folder.resolve(LABELS);
    Map<Integer, String> labels = lines(labelFile);
    Map<Integer, String> classes = new TreeMap<>();
    if (Files.exists(folder.resolve(CLASSES))) {
      classes.putAll(lines(folder.resolve(CLASSES)));
    }
    List<FileImages.InputImage> images = new ArrayList<>();
    for (Map.Entry<Integer, String> image : lines(folder.resolve(IMAGES)).entrySet()) {
      int label = label(labelFile, image.getKey(), labels);
      Path path = Path.of(image.getValue());
      Path file = folder.resolve("images").resolve(path).normalize();
      if (!file.startsWith(folder.resolve("images").normalize()) || path.getParent() == null) {
        throw new DataSetFormatException(
            folder.resolve(IMAGES),
            "expected a path like 001.Name/image.jpg, but got " + image.getValue());
      }
      classes.putIfAbsent(label, path.getName(0).toString());
      if (wanted.test(image.getKey())) {
        images.add(new FileImages.InputImage(file, label - 1));
      }
    }
    List<String> names = new ArrayList<>();
    int last = classes.keySet().stream().mapToInt(i -> i).max().orElse(0);
    for (int i = 1; i <= last; i++) {
      names.add(ImageFolder.className(classes.getOrDefault(i, Integer.toString(i))));
    }
    return new FileImages(name, images, names);
  }

  private static int label(Path file, int image, Map<Integer, String> labels) {
    String label = labels.getOrDefault(image, "none");
    if (!label.matches("[1-9]\\d{0,5}")) {
      throw new DataSetFormatException(
          file, "expected a class from 1 for image %s, but got %s".formatted(image, label));
    }
    return Integer.parseInt(label);
  }

  /** The lines of a list by the number they start with. */
  private static Map<Integer, String> lines(Path file) {
    Map<Integer, String> lines = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.strip().split("\\s+", 2);
        if (parts.length == 2 && parts[0].matches("\\d{1,9}")) {
          lines.put(Integer.valueOf(parts[0]), parts[1]);
        } else if (!line.isBlank()) {
          throw new DataSetFormatException(
              file, "expected lines of a number and a value, but got \"%s\"".formatted(line));
        }
      }
      return lines;
    } catch (NoSuchFileException e) {
      throw new DataSetFormatException(file, "there is no such file");
    } catch (MalformedInputException e) {
      throw new DataSetFormatException(file, "is not UTF-8 text");
    } catch (IOException e) {
      throw new DataSetFormatException(file, "cannot be read: " + IoReason.of(e));
    }
  }
}
