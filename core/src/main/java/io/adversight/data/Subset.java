package io.adversight.data;

import io.adversight.image.Raster;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Some images of a set. */
final class Subset implements DataSet {
  private final DataSet whole;
  private final int[] images;
  private final List<LeftOutImage> leftOut;

  Subset(DataSet whole, int[] images) {
    this(whole, images, List.of());
  }

  /** A subset that says of some images of the whole why they are not in it. */
  Subset(DataSet whole, int[] images, List<LeftOutImage> leftOut) {
    for (int i : images) {
      Objects.checkIndex(i, whole.size());
    }
    this.whole = whole;
    this.images = images.clone();
    this.leftOut = Stream.concat(whole.leftOut().stream(), leftOut.stream()).toList();
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
  public void check(int i) {
    whole.check(images[i]);
  }

  @Override
  public String sha256(int i) {
    return whole.sha256(images[i]);
  }

  @Override
  public List<LeftOutImage> leftOut() {
    return leftOut;
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
