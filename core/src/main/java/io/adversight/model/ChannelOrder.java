package io.adversight.model;

/** The order in which a network wants the colour channels of an image. */
public enum ChannelOrder {
  RGB(3),
  BGR(3),
  GRAY(1);

  private final int channels;

  ChannelOrder(int channels) {
    this.channels = channels;
  }

  /** The number of channels. */
  public int channels() {
    return channels;
  }
}
