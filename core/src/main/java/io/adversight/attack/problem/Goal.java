package io.adversight.attack.problem;

import java.util.List;

/** What an attack wants of the prediction. */
public sealed interface Goal {
  /** Whether the goal is reached for an image of class {@code label} that is predicted thus. */
  boolean reached(int image, int label, int predicted);

  /** The goal for some images of the batch. */
  Goal select(int... images);

  /** Any class but the label. */
  record Misclassify() implements Goal {
    @Override
    public boolean reached(int image, int label, int predicted) {
      return predicted != label;
    }

    @Override
    public Goal select(int... images) {
      return this;
    }
  }

  /**
   * The target class of each image.
   *
   * @param targets one class per image
   */
  record MisclassifyAs(List<Integer> targets) implements Goal {
    public MisclassifyAs {
      targets = List.copyOf(targets);
    }

    @Override
    public boolean reached(int image, int label, int predicted) {
      return predicted == targets.get(image);
    }

    @Override
    public Goal select(int... images) {
      return new MisclassifyAs(Selection.of(targets, images));
    }
  }

  /** The label: the prediction must stay while something else changes. */
  record Keep() implements Goal {
    @Override
    public boolean reached(int image, int label, int predicted) {
      return predicted == label;
    }

    @Override
    public Goal select(int... images) {
      return this;
    }
  }
}
