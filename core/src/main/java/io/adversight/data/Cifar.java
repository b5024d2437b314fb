package io.adversight.data;

import io.adversight.file.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the binary version of CIFAR: records of a label (CIFAR-100: a coarse and a fine one) and 32
 * x 32 pixels, all red ones, all green ones, all blue ones.
 */
public final class Cifar {
  private static final int SIDE = 32;
  private static final int PIXELS = 3 * SIDE * SIDE;

  private Cifar() {}

  /**
   * Reads batches of CIFAR-10.
   *
   * @throws DataSetFormatException if a file is damaged
   */
  public static DataSet cifar10(String name, List<Path> batches) {
    return read(name, batches, 1, Labels.named("cifar-10").names());
  }

  /**
   * Reads a file of CIFAR-100 with its fine labels.
   *
   * @throws DataSetFormatException if the file is damaged
   */
  public static DataSet cifar100(String name, Path file) {
    return read(name, List.of(file), 2, Labels.named("cifar-100").names());
  }

  private static DataSet read(
      String name, List<Path> files, int labelBytes, List<String> classNames) {
    int record = labelBytes + PIXELS;
    long[] counts = files.stream().mapToLong(file -> records(file, record)).toArray();
    int total = 0;
    for (long count : counts) {
      total = Math.toIntExact(Math.addExact(total, count));
    }
    byte[] pixels = new byte[Math.multiplyExact(total, PIXELS)];
    byte[] labels = new byte[total];
    int i = 0;
    for (int f = 0; f < counts.length; f++) {
      Path file = files.get(f);
      try (InputStream in = Files.newInputStream(file)) {
        for (long n = 0; n < counts[f]; n++, i++) {
          byte[] head = in.readNBytes(labelBytes);
          if (head.length < labelBytes || in.readNBytes(pixels, i * PIXELS, PIXELS) < PIXELS) {
            throw new DataSetFormatException(file, "became shorter while it was read");
          }
          labels[i] = head[labelBytes - 1];
          if ((labels[i] & 0xff) >= classNames.size()) {
            throw new DataSetFormatException(
                file,
                "expected labels from 0 to %s, but record %s has %s"
                    .formatted(classNames.size() - 1, n, labels[i] & 0xff));
          }
        }
      } catch (IOException e) {
        throw new DataSetFormatException(file, "cannot be read: " + IoReason.of(e));
      }
    }
    return new ByteImages(name, 3, SIDE, SIDE, pixels, labels, classNames);
  }

  private static long records(Path file, int record) {
    try {
      long size = Files.size(file);
      if (size == 0 || size % record != 0) {
        throw new DataSetFormatException(
            file,
            "expected whole records of %s bytes, but there are %s bytes; remove the file to have"
                    .formatted(record, size)
                + " it fetched again");
      }
      return size / record;
    } catch (IOException e) {
      throw new DataSetFormatException(file, "cannot be read: " + IoReason.of(e));
    }
  }
}
