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

  /**
   * The label: the prediction must stay while the image shows something else.
   *
   * @param targets the class that each image shall show, or none where the attack chooses
   */
  record Keep(List<Integer> targets) implements Goal {
    public Keep {
      targets = List.copyOf(targets);
    }

    @Override
    public boolean reached(int image, int label, int predicted) {
      return predicted == label;
    }

    @Override
    public Goal select(int... images) {
      return targets.isEmpty() ? this : new Keep(Selection.of(targets, images));
    }
  }
}
