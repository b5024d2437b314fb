package io.adversight.cluster.source;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.home.DataHome;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The project's drawn digits, stored as data sets are. */
public final class DigitFiles {
  private static final DataSet DIGITS =
      DataSets.find("drawn-digits", new DataHome(Path.of("target", "home"), List.of()));

  private DigitFiles() {}

  /** Digit {@code i} as 8 bits keep it. */
  public static Raster digit(int i) {
    return DIGITS.image(i).quantized();
  }

  /** The class of digit {@code i}. */
  public static int label(int i) {
    return DIGITS.label(i);
  }

  /** The PNG of digit {@code i}. */
  public static byte[] png(int i) {
    return ImageFiles.png(DIGITS.image(i));
  }

  /** A folder with a sub-folder for each class, and a file that is no image. */
  public static Path folder(Path place, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Path file =
          place
              .resolve(Integer.toString(label(i)))
              .resolve(String.format(Locale.ROOT, "%03d.png", i));
      Files.createDirectories(file.getParent());
      Files.write(file, png(i));
    }
    Files.writeString(place.resolve("README.txt"), "digits");
    return place;
  }

  /** A shard of samples: an image and its class, numbered from {@code first}. */
  static void tar(Path file, int first, int count, boolean json) throws IOException {
    OutputStream bytes = Files.newOutputStream(file);
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes)) {
      for (int i = first; i < first + count; i++) {
        entry(tar, String.format(Locale.ROOT, "%06d.png", i), png(i));
        String label = Integer.toString(label(i));
        entry(
            tar,
            String.format(Locale.ROOT, "%06d.%s", i, json ? "json" : "cls"),
            (json ? "{\"label\": %s, \"caption\": \"a digit\"}".formatted(label) : label)
                .getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void entry(TarArchiveOutputStream tar, String name, byte[] bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  /** MNIST's two files. */
  static void mnist(Path folder, int count, boolean packed) throws IOException {
    Files.createDirectories(folder);
    String ending = packed ? ".gz" : "";
    try (DataOutputStream out = out(folder.resolve("t10k-images-idx3-ubyte" + ending), packed)) {
      out.writeInt(0x803);
      out.writeInt(count);
      out.writeInt(28);
      out.writeInt(28);
      for (int i = 0; i < count; i++) {
        out.write(levels(digit(i)));
      }
    }
    try (DataOutputStream out = out(folder.resolve("t10k-labels-idx1-ubyte" + ending), packed)) {
      out.writeInt(0x801);
      out.writeInt(count);
      for (int i = 0; i < count; i++) {
        out.writeByte(label(i));
      }
    }
  }

  private static DataOutputStream out(Path file, boolean packed) throws IOException {
    OutputStream bytes = Files.newOutputStream(file);
    return new DataOutputStream(packed ? new GZIPOutputStream(bytes) : bytes);
  }

  /** The 8-bit levels of an image in (C, H, W) order. */
  static byte[] levels(Raster image) {
    float[] values = image.toArray();
    byte[] levels = new byte[values.length];
    for (int k = 0; k < levels.length; k++) {
      levels[k] = (byte) Math.rint(255f * values[k]);
    }
    return levels;
  }
}
