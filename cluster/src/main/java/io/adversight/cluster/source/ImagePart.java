package io.adversight.cluster.source;

import io.adversight.study.image.ImageSource;
import java.io.IOException;
import java.io.Serializable;

/**
 * The images that one task works through. A part travels to the task as it is; its images are read
 * there.
 */
public sealed interface ImagePart extends Serializable
    permits FilesPart, NamedSetPart, ParquetPart, RecordsPart, TarPart {
  /** How many images a part has where that is not known before it is read. */
  int UNKNOWN = -1;

  /** The number of images, or {@link #UNKNOWN}. */
  int size();

  /**
   * The images in their order. Those that cannot be decoded fail when they are read, and not here.
   *
   * @throws IOException if the storage fails; the task can be tried again
   */
  Images open(Storage storage) throws IOException;

  /** The images of a part that is open. */
  interface Images extends AutoCloseable {
    /** Whether there is another image. */
    boolean hasNext() throws IOException;

    /** The next image. */
    ImageSource next() throws IOException;

    @Override
    default void close() throws IOException {}
  }
}
