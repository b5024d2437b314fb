package io.adversight.lab.controller;

import io.adversight.model.ChannelOrder;
import java.util.Arrays;
import java.util.List;

/** How the usual libraries prepare images: (range x pixel - mean) / std, pixels in [0, 1]. */
enum PreprocessingPreset {
  PLAIN("pixels in [0, 1]", ChannelOrder.RGB, 1, List.of(0.0), List.of(1.0)),
  BYTES("pixels in [0, 255]", ChannelOrder.RGB, 255, List.of(0.0), List.of(1.0)),
  TORCHVISION(
      "torchvision, and Keras in its torch mode",
      ChannelOrder.RGB,
      1,
      List.of(0.485, 0.456, 0.406),
      List.of(0.229, 0.224, 0.225)),
  INCEPTION(
      "Keras in its tf mode, timm's Inception", ChannelOrder.RGB, 1, List.of(0.5), List.of(0.5)),
  CAFFE(
      "Caffe, and Keras in its caffe mode",
      ChannelOrder.BGR,
      255,
      List.of(103.939, 116.779, 123.68),
      List.of(1.0)),
  CLIP(
      "CLIP",
      ChannelOrder.RGB,
      1,
      List.of(0.48145466, 0.4578275, 0.40821073),
      List.of(0.26862954, 0.26130258, 0.27577711)),
  GREY("grey pixels in [0, 1]", ChannelOrder.GRAY, 1, List.of(0.0), List.of(1.0)),
  GREY_BYTES("grey pixels in [0, 255]", ChannelOrder.GRAY, 255, List.of(0.0), List.of(1.0)),
  GREY_SIGNED("grey pixels in [-1, 1]", ChannelOrder.GRAY, 1, List.of(0.5), List.of(0.5)),
  MNIST("MNIST in PyTorch's example", ChannelOrder.GRAY, 1, List.of(0.1307), List.of(0.3081));

  private final String title;
  private final ChannelOrder channels;
  private final double range;
  private final List<Double> mean;
  private final List<Double> std;

  PreprocessingPreset(
      String title, ChannelOrder channels, double range, List<Double> mean, List<Double> std) {
    this.title = title;
    this.channels = channels;
    this.range = range;
    this.mean = mean;
    this.std = std;
  }

  /** Those for images of so many channels. */
  static List<PreprocessingPreset> plausible(int channels) {
    return Arrays.stream(values())
        .filter(preset -> preset.channels.channels() == channels)
        .toList();
  }

  /** Whose it is. */
  String title() {
    return title;
  }

  /** A form with this preprocessing in the place of its own. */
  ModelForm in(ModelForm form) {
    return form.withPreprocessing(channels, range, mean, std);
  }
}
