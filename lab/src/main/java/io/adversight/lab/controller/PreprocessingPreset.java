package io.adversight.lab.controller;

import io.adversight.model.ChannelOrder;
import java.util.List;

/**
 * How the usual libraries prepare images: (range x pixel - mean) / std, pixels in [0, 1].
 *
 * @param id as the page and links have it
 * @param title whose it is
 */
record PreprocessingPreset(
    String id,
    String title,
    ChannelOrder channels,
    double range,
    List<Double> mean,
    List<Double> std) {
  private static final List<PreprocessingPreset> ALL =
      List.of(
          new PreprocessingPreset(
              "plain", "pixels in [0, 1]", ChannelOrder.RGB, 1, List.of(0.0), List.of(1.0)),
          new PreprocessingPreset(
              "bytes", "pixels in [0, 255]", ChannelOrder.RGB, 255, List.of(0.0), List.of(1.0)),
          new PreprocessingPreset(
              "torchvision",
              "torchvision, and Keras in its torch mode",
              ChannelOrder.RGB,
              1,
              List.of(0.485, 0.456, 0.406),
              List.of(0.229, 0.224, 0.225)),
          new PreprocessingPreset(
              "inception",
              "Keras in its tf mode, timm's Inception",
              ChannelOrder.RGB,
              1,
              List.of(0.5),
              List.of(0.5)),
          new PreprocessingPreset(
              "caffe",
              "Caffe, and Keras in its caffe mode",
              ChannelOrder.BGR,
              255,
              List.of(103.939, 116.779, 123.68),
              List.of(1.0)),
          new PreprocessingPreset(
              "clip",
              "CLIP",
              ChannelOrder.RGB,
              1,
              List.of(0.48145466, 0.4578275, 0.40821073),
              List.of(0.26862954, 0.26130258, 0.27577711)),
          new PreprocessingPreset(
              "grey", "grey pixels in [0, 1]", ChannelOrder.GRAY, 1, List.of(0.0), List.of(1.0)),
          new PreprocessingPreset(
              "grey-bytes",
              "grey pixels in [0, 255]",
              ChannelOrder.GRAY,
              255,
              List.of(0.0),
              List.of(1.0)),
          new PreprocessingPreset(
              "grey-signed",
              "grey pixels in [-1, 1]",
              ChannelOrder.GRAY,
              1,
              List.of(0.5),
              List.of(0.5)),
          new PreprocessingPreset(
              "mnist",
              "MNIST in PyTorch's example",
              ChannelOrder.GRAY,
              1,
              List.of(0.1307),
              List.of(0.3081)));

  /** Those for images of so many channels. */
  static List<PreprocessingPreset> plausible(int channels) {
    return ALL.stream().filter(preset -> preset.channels.channels() == channels).toList();
  }

  /** A form with this preprocessing in the place of its own. */
  ModelForm in(ModelForm form) {
    return form.withPreprocessing(channels, range, mean, std);
  }
}
