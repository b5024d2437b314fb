package io.adversight.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream of which only so many bytes may be read: in all, and since {@link #allow} was called.
 * Without it, {@code TarArchiveInputStream} holds a file name of any length in memory.
 */
final class BoundedInput extends FilterInputStream {
  private long left;
  private long allowed;

  /**
   * Bounds a stream.
   *
   * @param most bytes of the whole stream that may be read
   */
  BoundedInput(InputStream in, long most) {
    super(in);
    this.left = most;
  }

  /** Lets the next {@code bytes} be read, instead of what was allowed before. */
  void allow(long bytes) {
    allowed = bytes;
  }

  @Override
  public int read() throws IOException {
    most(1);
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = super.read(into, from, (int) most(length));
    count(Math.max(0, read));
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = super.skip(most(bytes));
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private long most(long wanted) throws IOException {
    long most = Math.min(wanted, Math.min(left, allowed));
    if (wanted > 0 && most <= 0) {
      throw new IOException(
          left <= 0 ? "it is far larger than its files" : "an entry is larger than it says");
    }
    return most;
  }

  private void count(long bytes) {
    left -= bytes;
    allowed -= bytes;
  }
}
