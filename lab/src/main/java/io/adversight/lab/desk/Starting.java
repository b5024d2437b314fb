package io.adversight.lab.desk;

import java.util.List;

/** What a first visitor sees: names of the catalogue, as a command line would have them. */
final class Starting {
  static final AboutDesk.Defaults DEFAULTS =
      new AboutDesk.Defaults(
          "aviary",
          "s-ember-bellied-azure-20",
          "fgsm",
          "linf",
          4 / 255.0,
          List.of("grad-cam", "gradient"),
          List.of("spearman", "ssim", "hog-pearson", "top-k-intersection"));

  private Starting() {}
}
