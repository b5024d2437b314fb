package io.adversight.cli;

import io.adversight.model.ModelFile;
import io.adversight.model.Models;

/** Fetching of models with a progress bar. */
final class Downloads {
  private Downloads() {}

  /** The model's file, fetched if need be. */
  static ModelFile locate(Models models, String name) {
    Console[] console = new Console[1];
    try {
      return models.locate(
          name,
          (done, total) -> {
            if (console[0] == null && Console.isInteractive()) {
              console[0] = Console.open("fetching " + name, total, true);
            }
            if (console[0] != null) {
              console[0].stepTo(done, total);
            }
          });
    } finally {
      if (console[0] != null) {
        console[0].close();
      }
    }
  }
}
