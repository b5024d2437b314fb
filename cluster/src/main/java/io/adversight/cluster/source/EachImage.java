package io.adversight.cluster.source;

import io.adversight.study.image.ImageSource;
import java.io.IOException;

/** Images of which each is opened by its place in the part. */
final class EachImage implements ImagePart.Images {
  private final int size;
  private final At at;
  private int next;

  /** Opens one image. */
  interface At {
    ImageSource image(int place) throws IOException;
  }

  EachImage(int size, At at) {
    this.size = size;
    this.at = at;
  }

  @Override
  public boolean hasNext() {
    return next < size;
  }

  @Override
  public ImageSource next() throws IOException {
    return at.image(next++);
  }
}
