package io.adversight.lab.controller;

import java.util.List;

/** What a first user sees: names of the catalogue, as a command line would have them. */
final class InitialState {
  static final AboutController.Defaults DEFAULTS =
      new AboutController.Defaults(
          "aviary",
          "s-ember-bellied-azure-20",
          "fgsm",
          "linf",
          4 / 255.0,
          List.of("grad-cam", "gradient"),
          List.of("spearman", "ssim", "hog-pearson", "top-k-intersection"));

  private InitialState() {}
}
