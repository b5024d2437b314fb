package io.adversight.cli;

import io.adversight.catalog.Numbers;
import io.adversight.data.Labels;
import io.adversight.input.InputException;
import io.adversight.model.AxisOrder;
import io.adversight.model.ChannelOrder;
import io.adversight.model.FileInput;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelReader;
import io.adversight.model.OutputKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an ONNX file does not say of itself; for files that have no card. */
final class DescriptionOptions {
  @Option(
      names = "--mean",
      paramLabel = "R,G,B",
      description = "for a file without card: subtracted from range x pixel, in channel order")
  @Nullable String mean;

  @Option(
      names = "--std",
      paramLabel = "R,G,B",
      description = "for a file without card: divides what is left")
  @Nullable String std;

  @Option(
      names = "--range",
      paramLabel = "1|255",
      description =
          "for a file without card: what white is before mean and std (default: found in the"
              + " network)")
  @Nullable String range;

  @Option(
      names = "--channels",
      paramLabel = "RGB|BGR|GRAY",
      description = "for a file without card: the order of the channels")
  @Nullable ChannelOrder channels;

  @Option(
      names = "--layout",
      paramLabel = "NCHW|NHWC",
      description = "for a file without card: the layout of the input")
  @Nullable AxisOrder layout;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description =
          "for a file without card: height and width of the input, if it leaves them open")
  @Nullable Integer size;

  @Option(
      names = "--labels",
      paramLabel = "FILE|SET",
      description =
          "for a file without card: class names, one a line, or imagenet-1k, cifar-10, digits")
  @Nullable String labels;

  @Option(
      names = "--output-kind",
      paramLabel = "KIND",
      description =
          "for a file without card: what its outputs are: logits, probabilities (of a softmax),"
              + " sigmoid-logits or sigmoid-probabilities (independent labels), binary-logit or"
              + " binary-probability (one number)")
  @Nullable String outputKind;

  @Option(
      names = "--output-name",
      paramLabel = "NAME",
      description = "for a file without card: which of several outputs gives the classes")
  @Nullable String outputName;

  @Option(
      names = "--input-name",
      paramLabel = "NAME",
      description = "for a file without card: which of several inputs takes the image")
  @Nullable String inputName;

  @Option(
      names = "--input-value",
      paramLabel = "NAME=NUMBER",
      description = "for a file without card: what every element of another input is")
  Map<String, Double> inputValues = Map.of();

  boolean saysPreprocessing() {
    return mean != null || std != null || range != null || channels != null;
  }

  boolean isGiven() {
    return outputKind != null
        || outputName != null
        || inputName != null
        || !inputValues.isEmpty()
        || mean != null
        || std != null
        || range != null
        || channels != null
        || layout != null
        || size != null
        || labels != null;
  }

  /** A card for an ONNX file, made of these options and of what the file says. */
  ModelCard cardFor(Path path, String id) {
    return ModelReader.describe(
        path,
        id,
        new ModelReader.Given(
            new FileInput(inputName == null ? "" : inputName, inputValues),
            Optional.ofNullable(channels),
            range == null ? Optional.empty() : Optional.of(number("--range", range)),
            mean == null ? List.of(0.0) : numbers("--mean", mean),
            std == null ? List.of(1.0) : numbers("--std", std),
            Optional.ofNullable(layout),
            Optional.ofNullable(size),
            Optional.ofNullable(outputKind).map(OutputKind::named),
            Optional.ofNullable(outputName)),
        labelSource());
  }

  private LabelSource labelSource() {
    if (labels == null) {
      return new LabelSource.Numbers();
    }
    return Labels.builtIn().contains(labels)
        ? new LabelSource.BuiltIn(labels)
        : new LabelSource.Inline(Labels.read(Path.of(labels)).lines());
  }

  private static double number(String option, String text) {
    try {
      return Numbers.read(text);
    } catch (NumberFormatException e) {
      throw new InputException("%s must be a number, but was \"%s\"".formatted(option, text), e);
    }
  }

  private static List<Double> numbers(String option, String text) {
    return Arrays.stream(text.split("[,;\\s]+")).map(part -> number(option, part)).toList();
  }
}
