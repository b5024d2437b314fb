package io.adversight.lab.controller;

import io.adversight.input.Constants;
import io.adversight.input.InputException;
import io.adversight.model.AxisOrder;
import io.adversight.model.ChannelOrder;
import io.adversight.model.Input;
import io.adversight.model.InputResize;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.OutputKind;
import io.adversight.model.Preprocessing;
import io.adversight.tensor.Shape;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A user's description of a network, for what the file does not contain.
 *
 * @param name the id it will have
 * @param range 1 or 255
 * @param labels one name per class, or empty for numbers
 * @param shortSide the length to which the short side is scaled before the centre is cut out; 0 to
 *     stretch
 * @param output an {@link OutputKind}, as cards name it; logits if it is not given
 */
public record ModelForm(
    String name,
    @Nullable String title,
    String channels,
    double range,
    List<Double> mean,
    List<Double> std,
    int height,
    int width,
    String layout,
    int classes,
    @Nullable List<String> labels,
    int shortSide,
    @Nullable String output) {
  private static final int LONGEST_SIDE = 4096;

  public ModelForm {
    if (name == null || channels == null || layout == null || mean == null || std == null) {
      throw new InputException(
          "a form needs a name, channels, a range, mean, std, height, width and layout");
    }
    labels = labels == null ? List.of() : List.copyOf(labels);
    if (shortSide < 0 || shortSide > LONGEST_SIDE) {
      throw new InputException(
          "shortSide must be in 0 to %s, but was %s".formatted(LONGEST_SIDE, shortSide));
    }
  }

  /**
   * Compares with what the network gives, before anything is made of this form.
   *
   * @param outputs the numbers that the network gives for one image
   * @throws IllegalArgumentException if this form has another number of classes
   */
  void checkClasses(long outputs) {
    long expected = ModelUploads.classes(outputs);
    String gives =
        outputs == 1
            ? "the network gives one number, which decides between 2 classes"
            : "the network gives %s numbers".formatted(outputs);
    int named = labels == null ? 0 : labels.size();
    if (named > 0 && named != expected) {
      throw new InputException(
          "there are %s labels, but %s; give one label for each".formatted(named, gives));
    }
    if (named == 0 && classes != expected) {
      throw new InputException("classes is %s, but %s".formatted(classes, gives));
    }
  }

  static ModelForm proposed(
      String file, ChannelOrder channels, int height, int width, AxisOrder layout) {
    String name =
        file.replaceAll("\\.onnx$", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return new ModelForm(
        name.isEmpty() ? "model" : name.length() > 60 ? name.substring(0, 60) : name,
        null,
        channels.name(),
        1,
        List.of(0.0),
        List.of(1.0),
        height,
        width,
        layout.name(),
        1,
        List.of(),
        height == width && height >= 64 ? Math.round(height * 256f / 224f) : 0,
        null);
  }

  ModelForm withClasses(int number) {
    return new ModelForm(
        name, title, channels, range, mean, std, height, width, layout, number, labels, shortSide,
        output);
  }

  /** This form for outputs of another kind. */
  ModelForm withOutput(OutputKind kind) {
    return new ModelForm(
        name, title, channels, range, mean, std, height, width, layout, classes, labels, shortSide,
        kind.id());
  }

  /** This form with another preprocessing. */
  ModelForm withPreprocessing(
      ChannelOrder order, double otherRange, List<Double> otherMean, List<Double> otherStd) {
    return new ModelForm(
        name,
        title,
        order.name(),
        otherRange,
        otherMean,
        otherStd,
        height,
        width,
        layout,
        classes,
        labels,
        shortSide,
        output);
  }

  /** How many channels an image has. */
  int channelCount() {
    return order().channels();
  }

  private ChannelOrder order() {
    return Constants.named(ChannelOrder.class, "the channels", channels);
  }

  /** The shape of one image as the network takes it. */
  Shape imageShape() {
    Input input = new Input(order().channels(), height, width);
    return Constants.named(AxisOrder.class, "the layout", layout) == AxisOrder.NHWC
        ? Shape.of(1, input.height(), input.width(), input.channels())
        : Shape.of(1, input.channels(), input.height(), input.width());
  }

  /** The card of a file of that name. */
  ModelCard card(String file) {
    ChannelOrder order = order();
    boolean named = labels != null && !labels.isEmpty();
    return ModelCard.of(
        name,
        file,
        new Input(order.channels(), height, width),
        new Preprocessing(
            order, range, mean, std, Constants.named(AxisOrder.class, "the layout", layout)),
        shortSide == 0 ? InputResize.stretch() : InputResize.shortSideThenCentreCrop(shortSide),
        output == null || output.isEmpty() ? OutputKind.LOGITS : OutputKind.named(output),
        named && labels != null ? labels.size() : classes,
        named && labels != null ? new LabelSource.Inline(labels) : new LabelSource.Numbers());
  }
}
