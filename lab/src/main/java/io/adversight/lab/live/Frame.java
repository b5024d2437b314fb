package io.adversight.lab.live;

import java.util.List;

/**
 * One answer, or a part of one.
 *
 * @param fields a record; its components become the fields of the header
 * @param last whether nothing more comes for the request
 */
public record Frame(Object fields, boolean last, List<Blob> blobs) {
  public Frame {
    blobs = List.copyOf(blobs);
  }

  /** A part of an answer. */
  public static Frame part(Object fields, List<Blob> blobs) {
    return new Frame(fields, false, blobs);
  }

  /** The end of an answer. */
  public static Frame last(Object fields, List<Blob> blobs) {
    return new Frame(fields, true, blobs);
  }
}
