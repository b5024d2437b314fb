package io.adversight.cluster.source;

/** How the records of a file of small images are laid out. */
enum RecordLayout {
  /** CIFAR-10: a label and 3 x 32 x 32 pixels. */
  CIFAR10(0, 1, 3, 32, "cifar-10"),
  /** CIFAR-100: a coarse label, a fine one and 3 x 32 x 32 pixels. */
  CIFAR100(0, 2, 3, 32, "cifar-100"),
  /** MNIST: 28 x 28 pixels after a header of 16 bytes. */
  MNIST(16, 0, 1, 28, "digits"),
  /** Fashion-MNIST, laid out as MNIST. */
  FASHION_MNIST(16, 0, 1, 28, "fashion-mnist");

  private static final int LABEL_HEADER = 8;

  private final int header;
  private final int labelBytes;
  private final int channels;
  private final int side;
  private final String labelSet;

  RecordLayout(int header, int labelBytes, int channels, int side, String labelSet) {
    this.header = header;
    this.labelBytes = labelBytes;
    this.channels = channels;
    this.side = side;
    this.labelSet = labelSet;
  }

  /** Bytes before the first record. */
  int header() {
    return header;
  }

  /** Bytes before the first label of a file of labels. */
  int labelHeader() {
    return LABEL_HEADER;
  }

  /** Labels in front of the pixels of a record, the last of which counts. */
  int labelBytes() {
    return labelBytes;
  }

  int channels() {
    return channels;
  }

  int side() {
    return side;
  }

  int pixels() {
    return channels * side * side;
  }

  /** Bytes of a record. */
  int record() {
    return labelBytes + pixels();
  }

  /** The names of the classes. */
  String labelSet() {
    return labelSet;
  }

  /** Whether the labels lie in a file of their own. */
  boolean hasLabelFile() {
    return labelBytes == 0;
  }
}
