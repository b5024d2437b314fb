package io.adversight.graph.onnx;

import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Small networks with random weights, of many architectures, in the forms that exporters and the
 * tools of ONNX Runtime write, with ONNX Runtime's outputs; {@code exports.py} beside the archive
 * makes them.
 */
public final class ExportedNetworks {
  private static final int CLASSES = 5;

  private ExportedNetworks() {}

  /**
   * A network and what ONNX Runtime gives for {@link #input}.
   *
   * @param family of architectures
   * @param form what exported or changed it
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Exported(String family, String form, byte[] file, float[] input, float[] output) {
    /** The images, of the shape that the file declares. */
    public Tensor images(List<Long> declared) {
      long[] sizes = declared.stream().mapToLong(Long::longValue).toArray();
      sizes[0] = output.length / CLASSES;
      int count = (int) Shape.of(sizes).elements();
      return Tensor.of(Arrays.copyOf(input, count), sizes);
    }

    /** Whether rounding to whole numbers is part of it. */
    boolean isQuantized() {
      return List.of("QDQ", "QOperator", "dynamic int8").contains(form);
    }

    boolean isHalf() {
      return form.equals("float16");
    }

    @Override
    public String toString() {
      return family + ", " + form;
    }
  }

  /** All of them, by family. */
  public static List<Exported> all() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (InputStream in = ExportedNetworks.class.getResourceAsStream("exports.zip");
        ZipInputStream zip = new ZipInputStream(java.util.Objects.requireNonNull(in))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    float[] input = floats(entries, "input");
    List<Exported> found = new ArrayList<>();
    entries.forEach(
        (name, bytes) -> {
          if (name.endsWith(".onnx")) {
            String base = name.substring(0, name.length() - 5);
            int slash = base.indexOf('/');
            found.add(
                new Exported(
                    base.substring(0, slash),
                    base.substring(slash + 1),
                    bytes,
                    input,
                    floats(entries, base + ".output")));
          }
        });
    return found;
  }

  private static float[] floats(Map<String, byte[]> entries, String name) {
    byte[] bytes = entries.getOrDefault(name, new byte[0]);
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
