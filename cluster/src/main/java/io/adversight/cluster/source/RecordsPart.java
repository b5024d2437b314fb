package io.adversight.cluster.source;

import io.adversight.data.Labels;
import io.adversight.image.Raster;
import io.adversight.study.image.ImageSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Images of a file of records of one length: CIFAR's label and planes of red, green and blue, or
 * MNIST's grey pixels with their labels in a second file.
 *
 * @param layout of the records
 * @param file of the images
 * @param labels the file of the labels; empty where they stand in the records
 * @param first the number of the first record
 * @param count how many records
 */
record RecordsPart(RecordLayout layout, String file, String labels, int first, int count)
    implements ImagePart {
  private static final long serialVersionUID = 1L;

  @Override
  public int size() {
    return count;
  }

  @Override
  public Images open(Storage storage) throws IOException {
    byte[] records =
        read(storage, file, layout.header() + (long) first * layout.record(), layout.record());
    byte[] classes =
        labels.isEmpty() ? new byte[0] : read(storage, labels, layout.labelHeader() + first, 1);
    Labels names = Labels.named(layout.labelSet());
    return new EachImage(count, i -> image(i, records, classes, names));
  }

  /** The bytes of this part's records. */
  private byte[] read(Storage storage, String from, long offset, int length) throws IOException {
    Path path = new Path(from);
    try (FSDataInputStream in = storage.of(path).open(path);
        InputStream plain = opened(in, from, offset)) {
      byte[] bytes = plain.readNBytes(Math.multiplyExact(count, length));
      if (bytes.length < (long) count * length) {
        throw new EOFException(from + " became shorter while it was read");
      }
      return bytes;
    }
  }

  private static InputStream opened(FSDataInputStream in, String name, long offset)
      throws IOException {
    if (!name.endsWith(".gz")) {
      in.seek(offset);
      return in;
    }
    InputStream plain = new GZIPInputStream(in, 1 << 16);
    plain.skipNBytes(offset);
    return plain;
  }

  private ImageSource image(int i, byte[] records, byte[] classes, Labels names) {
    int start = i * layout.record() + layout.labelBytes();
    int label = (labels.isEmpty() ? records[start - 1] : classes[i]) & 0xff;
    String name = new Path(file).getName() + ":" + (first + i);
    ClassHint hint = label < names.size() ? ClassHint.named(names.name(label)) : ClassHint.NONE;
    return new StoredImage(name, name, "", hint, () -> pixels(records, start));
  }

  private Raster pixels(byte[] records, int start) {
    float[] values = new float[layout.pixels()];
    for (int k = 0; k < values.length; k++) {
      values[k] = (records[start + k] & 0xff) / 255f;
    }
    return Raster.of(layout.channels(), layout.side(), layout.side(), values);
  }
}
