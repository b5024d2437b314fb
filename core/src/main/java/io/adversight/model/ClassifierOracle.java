package io.adversight.model;

import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * An oracle that queries a classifier, at most so many images at once. Queries count in the run,
 * and in a budget of the oracle's own: what the run spent before the oracle was made is not
 * charged.
 */
final class ClassifierOracle implements Oracle {
  private static final int IMAGES_AT_ONCE = 128;

  private final Classifier classifier;
  private final Answer answer;
  private final int limit;
  private final Run run;
  private final Run budget;

  ClassifierOracle(Classifier classifier, Answer answer, int limit, Run run) {
    this(classifier, answer, limit, run, run.restarted());
  }

  private ClassifierOracle(Classifier classifier, Answer answer, int limit, Run run, Run budget) {
    this.classifier = classifier;
    this.answer = answer;
    this.limit = limit;
    this.run = run;
    this.budget = budget;
  }

  @Override
  public Tensor logits(Tensor images) {
    if (answer == Answer.LABELS) {
      throw new UnsupportedOperationException("this oracle tells the class of an image only");
    }
    return ask(images);
  }

  @Override
  public int[] labels(Tensor images) {
    try (Scope scope = Scope.open()) {
      long[] labels = ask(images).argmax(1).toLongs();
      int[] classes = new int[labels.length];
      for (int i = 0; i < classes.length; i++) {
        classes[i] = (int) labels[i];
      }
      return classes;
    }
  }

  private Tensor ask(Tensor images) {
    long rows = images.size(0);
    if (run.size() == 0 || rows % run.size() != 0) {
      throw new IllegalArgumentException(
          "%s images cannot be shared out among %s images".formatted(rows, run.size()));
    }
    int each = (int) (rows / run.size());
    for (int i = 0; i < run.size(); i++) {
      if (left(i) < each) {
        throw new IllegalStateException(
            "image %s has %s queries left, but %s were asked".formatted(i, left(i), each));
      }
    }
    for (int k = 0; k < each; k++) {
      run.countForward();
      budget.countForward();
    }
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      List<Tensor> parts = new ArrayList<>();
      for (long from = 0; from < rows; from += IMAGES_AT_ONCE) {
        long count = Math.min(IMAGES_AT_ONCE, rows - from);
        parts.add(classifier.logits(images.narrow(0, from, count)));
      }
      return scope.keep(Tensor.concat(parts, 0));
    }
  }

  @Override
  public int classes() {
    return classifier.card().classes();
  }

  @Override
  public int left(int image) {
    return Math.max(0, limit - budget.counter(image).forwards());
  }

  @Override
  public Oracle select(int... images) {
    return new ClassifierOracle(
        classifier, answer, limit, run.select(images), budget.select(images));
  }
}
