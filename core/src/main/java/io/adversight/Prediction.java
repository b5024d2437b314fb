package io.adversight;

import io.adversight.data.Labels;
import java.util.List;
import java.util.Locale;

/**
 * The classes of one image with their probabilities.
 *
 * <pre>{@code
 * Prediction prediction = model.predict(photo);
 * System.out.println(prediction.top().name() + ", or one of " + prediction.top(5));
 * }</pre>
 *
 * @param details logits and probabilities by class number
 * @param labels the names of the classes
 */
public record Prediction(io.adversight.model.Prediction details, Labels labels) {
  /**
   * One class of a prediction.
   *
   * @param index its number, from 0
   * @param name its name; the number where classes have no names
   * @param probability in [0, 1]
   */
  public record Score(int index, String name, double probability) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s %.1f %%", name, 100 * probability);
    }
  }

  /** The most probable class; the first of ties. */
  public Score top() {
    return of(details.top());
  }

  /** The {@code count} most probable classes, the most probable first. */
  public List<Score> top(int count) {
    return details.top(count).stream().map(this::of).toList();
  }

  /**
   * One class, by its name or number.
   *
   * @throws java.util.NoSuchElementException if no class has that name; the message lists those
   *     near
   */
  public Score of(String nameOrNumber) {
    return of(labels.index(nameOrNumber));
  }

  /**
   * One class, by its number from 0.
   *
   * @throws io.adversight.input.InputException if there is no such class; the message says the
   *     range
   */
  public Score of(int index) {
    return new Score(index, labels.name(index), details.probability(index));
  }

  @Override
  public String toString() {
    return top().toString();
  }
}
