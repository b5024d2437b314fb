package io.adversight.cluster;

import io.adversight.cluster.source.ImagePart;
import java.io.Serializable;

/** A part of the images and its number in the set. */
record NumberedPart(int number, ImagePart part) implements Serializable {
  private static final long serialVersionUID = 1L;
}
