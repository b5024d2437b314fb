package io.adversight.data;

import io.adversight.image.Raster;
import java.util.List;

/**
 * Small pictures kept as bytes: {@code pixels} in (N, C, H, W) order, a level v stands for v/255.
 */
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
