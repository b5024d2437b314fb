package io.adversight.data;

import io.adversight.image.Raster;
import java.util.List;
import java.util.Objects;

/** Some pictures of a set. */
final class Subset implements DataSet {
  private final DataSet whole;
  private final int[] images;

  Subset(DataSet whole, int[] images) {
    for (int i : images) {
      Objects.checkIndex(i, whole.size());
    }
    this.whole = whole;
    this.images = images.clone();
  }

  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public int size() {
    return images.length;
  }

  @Override
  public int label(int i) {
    return whole.label(images[i]);
  }

  @Override
  public Raster image(int i) {
    return whole.image(images[i]);
  }

  @Override
  public List<String> regions() {
    return whole.regions();
  }

  @Override
  public List<String> objects() {
    return whole.objects();
  }

  @Override
  public Raster mask(int i, String region) {
    return whole.mask(images[i], region);
  }

  @Override
  public List<String> classNames() {
    return whole.classNames();
  }

  @Override
  public String imageName(int i) {
    return whole.imageName(images[i]);
  }
}
