package io.adversight.model;

import io.adversight.data.Labels;
import io.adversight.input.InputException;

/**
 * What a network gives.
 *
 * @param kind what the numbers are
 * @param name which output of the file gives the classes; empty where it has one only
 * @param classes how many there are
 * @param labels their names
 */
public record OutputSpec(OutputKind kind, String name, int classes, LabelSource labels) {
  public OutputSpec {
    if (classes < 1) {
      throw new InputException("classes must be at least 1, but is " + classes);
    }
    if (kind.isBinary() && classes != 2) {
      throw new InputException(
          "an output of the kind %s has 2 classes, but classes is %s"
              .formatted(kind.id(), classes));
    }
    if (labels instanceof LabelSource.Inline inline && inline.names().size() != classes) {
      throw new InputException(
          "labels must have one name per class: %s, but there are %s"
              .formatted(classes, inline.names().size()));
    }
    if (labels instanceof LabelSource.TextFile text && !WeightsFile.isFileName(text.file())) {
      throw new InputException(
          "labels must be %s, a list of names, or a plain file name beside the card, but is \"%s\""
              .formatted(String.join(", ", Labels.builtIn()), text.file()));
    }
  }
}
