package io.adversight.study.image;

import io.adversight.data.DataSet;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelCard;
import io.adversight.model.Preprocessing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Measures a network on labelled images and says when its preprocessing looks wrong. */
public final class Preflight {
  private static final int BATCH = 16;
  private static final double CLEARLY_BETTER = 0.1;

  private Preflight() {}

  /**
   * What was found.
   *
   * @param images how many were classified
   * @param accuracy with the card's preprocessing, in [0, 1]
   * @param alternatives accuracy of other usual preprocessings, in words
   */
  public record Findings(int images, double accuracy, Map<String, Double> alternatives) {
    /** Whether another usual preprocessing does clearly better. */
    public boolean looksWrong() {
      return alternatives.values().stream().anyMatch(share -> share > accuracy + CLEARLY_BETTER);
    }

    /** The findings in plain words. */
    public List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add(
          String.format(
              Locale.ROOT,
              "pre-flight check: %.1f %% of %d labelled images are classified right",
              100 * accuracy,
              images));
      alternatives.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .filter(best -> best.getValue() > accuracy + CLEARLY_BETTER)
          .ifPresentOrElse(
              best ->
                  lines.add(
                      String.format(
                          Locale.ROOT,
                          "the preprocessing looks wrong: with %s it would be %.1f %%",
                          best.getKey(),
                          100 * best.getValue())),
              () -> lines.add("no other usual preprocessing does clearly better"));
      return lines;
    }
  }

  /**
   * Classifies all images as the card says, and as other usual preprocessings would have it.
   *
   * @throws IllegalArgumentException if the labels are not classes of the network
   */
  public static Findings check(GraphClassifier classifier, DataSet images) {
    LabelledImages labelled = LabelledImages.of(classifier, images);
    ModelCard card = classifier.card();
    double own = accuracy(classifier, labelled);
    Map<String, Double> others = new LinkedHashMap<>();
    alternatives(card)
        .forEach(
            (words, preprocessing) ->
                others.put(words, accuracy(classifier.with(preprocessing), labelled)));
    return new Findings(images.size(), own, others);
  }

  private static double accuracy(GraphClassifier classifier, LabelledImages images) {
    int right = 0;
    for (int start = 0; start < images.size(); start += BATCH) {
      int[] batch = IntStream.range(start, Math.min(images.size(), start + BATCH)).toArray();
      List<Integer> predicted = images.predicted(classifier, batch);
      for (int i = 0; i < batch.length; i++) {
        right += predicted.get(i).equals(images.label(batch[i])) ? 1 : 0;
      }
    }
    return images.size() == 0 ? 0 : (double) right / images.size();
  }

  private static Map<String, Preprocessing> alternatives(ModelCard card) {
    Map<String, Preprocessing> all = new LinkedHashMap<>();
    ChannelOrder order = card.preprocessing().channels();
    List<ChannelOrder> orders =
        order == ChannelOrder.GRAY
            ? List.of(ChannelOrder.GRAY)
            : List.of(ChannelOrder.RGB, ChannelOrder.BGR);
    for (ChannelOrder channels : orders) {
      List<Double> none = List.of(0.0);
      List<Double> one = List.of(1.0);
      put(all, card, channels, 1, none, one, "pixels in [0, 1]");
      put(all, card, channels, 255, none, one, "pixels in [0, 255]");
      put(all, card, channels, 1, List.of(0.5), List.of(0.5), "mean 0.5 and std 0.5");
      if (order != ChannelOrder.GRAY) {
        boolean rgb = channels == ChannelOrder.RGB;
        List<Double> mean = rgb ? List.of(0.485, 0.456, 0.406) : List.of(0.406, 0.456, 0.485);
        List<Double> std = rgb ? List.of(0.229, 0.224, 0.225) : List.of(0.225, 0.224, 0.229);
        put(all, card, channels, 1, mean, std, "ImageNet mean and std");
        List<Double> caffe = rgb ? List.of(123.0, 117.0, 104.0) : List.of(104.0, 117.0, 123.0);
        put(all, card, channels, 255, caffe, one, "pixels in [0, 255] less the ImageNet mean");
      }
    }
    return all;
  }

  private static void put(
      Map<String, Preprocessing> all,
      ModelCard card,
      ChannelOrder channels,
      double range,
      List<Double> mean,
      List<Double> std,
      String words) {
    Preprocessing preprocessing =
        new Preprocessing(channels, range, mean, std, card.preprocessing().layout());
    if (!preprocessing.equals(card.preprocessing())) {
      all.put(
          "%s in the order %s (--range %s --mean %s --std %s --channels %s)"
              .formatted(words, channels, plain(range), plain(mean), plain(std), channels),
          preprocessing);
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static String plain(List<Double> values) {
    return String.join(",", values.stream().map(Preflight::plain).toList());
  }
}
