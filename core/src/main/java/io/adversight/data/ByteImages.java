package io.adversight.data;

import io.adversight.image.Raster;
import io.adversight.input.InputException;
import java.util.List;
import java.util.stream.IntStream;

/** Small images kept as bytes: {@code pixels} in (N, C, H, W) order, a level v stands for v/255. */
final class ByteImages implements DataSet {
  private final String name;
  private final int channels;
  private final int height;
  private final int width;
  private final byte[] pixels;
  private final byte[] labels;
  private final List<String> classNames;

  ByteImages(
      String name,
      int channels,
      int height,
      int width,
      byte[] pixels,
      byte[] labels,
      List<String> classNames) {
    this.name = name;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.pixels = pixels;
    this.labels = labels;
    this.classNames = List.copyOf(classNames);
  }

  /** All images of a set of at most 256 classes, which must have one size. */
  static ByteImages of(DataSet set) {
    Raster first = set.image(0);
    int length = first.channels() * first.height() * first.width();
    if ((long) length * set.size() > Integer.MAX_VALUE - 8) {
      throw new InputException(
          "%s images of %s do not fit into one array".formatted(set.size(), first));
    }
    byte[] pixels = new byte[length * set.size()];
    byte[] labels = new byte[set.size()];
    IntStream.range(0, set.size())
        .parallel()
        .forEach(
            i -> {
              float[] values = set.image(i).toArray();
              if (values.length != length || set.label(i) < 0 || set.label(i) > 255) {
                throw new InputException(
                    "image %s has not the size of the first, or no class from 0 to 255"
                        .formatted(set.imageName(i)));
              }
              labels[i] = (byte) set.label(i);
              for (int k = 0; k < length; k++) {
                pixels[i * length + k] = (byte) Math.rint(255f * values[k]);
              }
            });
    return new ByteImages(
        set.name(),
        first.channels(),
        first.height(),
        first.width(),
        pixels,
        labels,
        set.classNames());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int label(int i) {
    return labels[i] & 0xff;
  }

  @Override
  public Raster image(int i) {
    float[] values = new float[channels * height * width];
    int start = i * values.length;
    for (int k = 0; k < values.length; k++) {
      values[k] = (pixels[start + k] & 0xff) / 255f;
    }
    return Raster.of(channels, height, width, values);
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }
}
