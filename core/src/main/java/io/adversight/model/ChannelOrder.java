package io.adversight.model;

/** The order in which a network wants the colour channels of an image. */
public enum ChannelOrder {
  /** Red, green, blue. */
  RGB(3),
  /** Blue, green, red, as Caffe networks want it. */
  BGR(3),
  /** One channel: luma after ITU-R BT.601. */
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
