package io.adversight.visualization.objective;

import io.adversight.graph.Layer;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Objectives as people write them: terms joined by {@code " + "} and {@code " - "}, each with a
 * factor before {@code *} if wished.
 *
 * <pre>
 * class:NAME            a class against others, by name or index  logit:NAME  its logit alone
 * probability:NAME      its probability
 * channel:LAYER:7       mean of a channel                       neuron:LAYER:7:3:3  one position
 * neuron:LAYER:7        the middle of a channel                 layer:LAYER  mean square (DeepDream)
 * direction:LAYER:3=1,9=-0.5  along a direction of channels     diversity:LAYER  of the images made
 * </pre>
 */
public final class ObjectiveText {
  /** The kinds of terms, for people. */
  public static final String FORMS =
      "class:NAME, logit:NAME, probability:NAME, channel:LAYER:7, neuron:LAYER:7:3:3, layer:LAYER,"
          + " direction:LAYER:3=1,9=-0.5, diversity:LAYER";

  private static final Pattern JOINT = Pattern.compile("\\s([+-])\\s");
  private static final Pattern FACTOR = Pattern.compile("\\s*([-+]?[0-9.]+(?:e-?[0-9]+)?)\\s*\\*");

  private final Classifier classifier;

  private ObjectiveText(Classifier classifier) {
    this.classifier = classifier;
  }

  /**
   * Reads an objective.
   *
   * @throws IllegalArgumentException if a term is none of the forms, or a number is out of range
   * @throws NoSuchElementException if there is no such class or layer
   */
  public static Objective read(String text, Classifier classifier) {
    ObjectiveText reading = new ObjectiveText(classifier);
    Matcher joint = JOINT.matcher(text);
    int from = 0;
    double sign = 1;
    List<Objective> terms = new ArrayList<>();
    while (joint.find()) {
      terms.add(reading.term(text.substring(from, joint.start()), sign));
      sign = joint.group(1).equals("-") ? -1 : 1;
      from = joint.end();
    }
    terms.add(reading.term(text.substring(from), sign));
    return terms.stream().reduce(Objective::plus).orElseThrow();
  }

  private Objective term(String text, double sign) {
    Matcher matcher = FACTOR.matcher(text);
    double factor = sign;
    String rest = text.strip();
    if (matcher.lookingAt()) {
      factor *= number(matcher.group(1), "a factor");
      rest = text.substring(matcher.end()).strip();
    }
    Objective plain = plain(rest);
    return factor == 1 ? plain : plain.times(factor);
  }

  private Objective plain(String term) {
    int colon = term.indexOf(':');
    String kind = colon < 0 ? term : term.substring(0, colon);
    String rest = colon < 0 ? "" : term.substring(colon + 1);
    return switch (kind) {
      case "class" -> Evidence.of(classOf(rest));
      case "logit" -> Objective.Logit.of(classOf(rest));
      case "probability" -> new Objective.Probability(List.of(classOf(rest)));
      case "layer" -> new Objective.LayerEnergy(classifier.layer(rest).name());
      case "diversity" -> new Diversity(classifier.layer(rest).name());
      case "channel" -> channel(LayerAddress.of(rest, classifier, 1, 1));
      case "neuron" -> neuron(LayerAddress.of(rest, classifier, 1, 3));
      case "direction" -> direction(rest);
      default ->
          throw new InputException("there is no objective \"%s\"; write %s".formatted(term, FORMS));
    };
  }

  private int classOf(String name) {
    try {
      return classifier.labels().index(name);
    } catch (IllegalArgumentException e) {
      throw new UnknownNameException(e.getMessage(), e);
    }
  }

  private static Objective channel(LayerAddress place) {
    return new Objective.Channel(place.layer().name(), place.within(0, 1, "channels"));
  }

  private static Objective neuron(LayerAddress place) {
    Layer layer = place.layer();
    int channel = place.within(0, 1, "channels");
    if (layer.mapShape().rank() != 4) {
      if (place.numbers().size() > 1) {
        throw new InputException(
            "layer \"%s\" has no rows and columns; write neuron:%s:%s"
                .formatted(layer.name(), layer.name(), channel));
      }
      return new Objective.Channel(layer.name(), channel);
    }
    boolean middle = place.numbers().size() == 1;
    if (place.numbers().size() == 2) {
      throw new InputException(
          "a neuron has a channel, a row and a column, such as neuron:%s:%s:3:3"
              .formatted(layer.name(), channel));
    }
    int row = middle ? (int) layer.mapShape().size(2) / 2 : place.within(1, 2, "rows");
    int column = middle ? (int) layer.mapShape().size(3) / 2 : place.within(2, 3, "columns");
    return new Objective.Neuron(layer.name(), channel, row, column);
  }

  private Objective direction(String text) {
    int colon = text.lastIndexOf(':');
    Layer layer = classifier.layer(colon < 0 ? text : text.substring(0, colon));
    int channels = (int) layer.mapShape().size(1);
    List<Double> numbers = new ArrayList<>(Collections.nCopies(channels, 0.0));
    String list = colon < 0 ? "" : text.substring(colon + 1);
    for (String part : Arrays.asList(list.split(","))) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length < 2) {
        throw new InputException(
            "a direction is written direction:%s:3=1,9=-0.5, but came as \"%s\""
                .formatted(layer.name(), text));
      }
      int channel = LayerAddress.index(pair[0], channels, layer.name(), "channels");
      numbers.set(channel, number(pair[1], "a direction's number"));
    }
    return new Direction(layer.name(), numbers);
  }

  private static double number(String text, String what) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new InputException("%s must be a number, but was \"%s\"".formatted(what, text), e);
    }
  }
}
