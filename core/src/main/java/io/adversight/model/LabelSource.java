package io.adversight.model;

import io.adversight.data.Labels;
import io.adversight.graph.ModelFormatException;
import java.nio.file.Path;
import java.util.List;

/** Where a model's class names come from. */
public sealed interface LabelSource {
  /**
   * The names of a model with {@code classes} outputs.
   *
   * @param folder the folder of the card
   * @throws IllegalArgumentException if a label file is missing or is no text
   * @throws ModelFormatException if there is another number of names than classes
   */
  Labels load(Path folder, int classes);

  /** No names: classes are shown as numbers. */
  record Numbers() implements LabelSource {
    @Override
    public Labels load(Path folder, int classes) {
      return Labels.numbers(classes);
    }
  }

  /** One of the built-in sets, {@code imagenet-1k} for example. */
  record BuiltIn(String name) implements LabelSource {
    @Override
    public Labels load(Path folder, int classes) {
      return checked(Labels.named(name), "the label set " + name, classes);
    }
  }

  /** A text file beside the card, one name per line, line number = class index. */
  record TextFile(String file) implements LabelSource {
    @Override
    public Labels load(Path folder, int classes) {
      Path path = folder.resolve(file);
      return checked(Labels.read(path), path.toString(), classes);
    }
  }

  /** The names themselves. */
  record Inline(List<String> names) implements LabelSource {
    public Inline {
      names = List.copyOf(names);
    }

    @Override
    public Labels load(Path folder, int classes) {
      return checked(Labels.of(names), "the card's list of labels", classes);
    }
  }

  private static Labels checked(Labels labels, String from, int classes) {
    if (labels.size() != classes) {
      throw new ModelFormatException(
          from, "has %s names, but the model has %s classes".formatted(labels.size(), classes));
    }
    return labels;
  }
}
