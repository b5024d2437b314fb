package io.adversight.graph.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Files of other formats that are taken for ONNX files, known by their first bytes. */
final class ForeignFormat {
  private static final String EXPORT = "export the network with torch.onnx.export";
  private static final String TF2ONNX = "convert it with tf2onnx";

  /**
   * How files of a format begin.
   *
   * @param at where the bytes stand
   * @param start the bytes, as ISO 8859-1
   * @param what such a file is, and what to do
   */
  private record Format(int at, String start, String what) {}

  private static final List<Format> FORMATS =
      List.of(
          new Format(
              0,
              "version https://git-lfs",
              "a pointer of Git LFS, not the file itself; fetch that with git lfs pull"),
          new Format(0, "<", "a web page or XML, not the file that its address stands for"),
          new Format(0, "PK\3\4", "a zip archive; " + EXPORT + " if it is a PyTorch checkpoint"),
          new Format(0, "\200\2", "a Python pickle; " + EXPORT + " if it is a PyTorch checkpoint"),
          new Format(0, "\u0089HDF", "an HDF5 file; " + TF2ONNX + " if it is a Keras network"),
          new Format(0, "\u001f\u008b", "compressed with gzip; unpack it first"),
          new Format(0, "GGUF", "a GGUF file, which holds weights alone"),
          new Format(4, "TFL3", "a TensorFlow Lite file; " + TF2ONNX),
          new Format(4, "ORTM", "in ONNX Runtime's own format; give the .onnx file it was made of"),
          new Format(8, "{\"", "a safetensors file, which holds weights alone; " + EXPORT));

  private ForeignFormat() {}

  /** What a file is, where it is no ONNX file but of another known format. */
  static Optional<String> of(byte[] file) {
    return FORMATS.stream().filter(format -> begins(file, format)).map(Format::what).findFirst();
  }

  private static boolean begins(byte[] file, Format format) {
    byte[] start = format.start().getBytes(StandardCharsets.ISO_8859_1);
    if (file.length < format.at() + start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if (file[format.at() + i] != start[i]) {
        return false;
      }
    }
    return switch (format.at()) {
      case 4 -> file[2] == 0 && file[3] == 0; // the offset with which FlatBuffers begin
      case 8 -> isHeaderLength(file);
      default -> true;
    };
  }

  /** Whether the first eight bytes are the length of a header within the file. */
  private static boolean isHeaderLength(byte[] file) {
    long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return length > 0 && length <= file.length;
  }
}
