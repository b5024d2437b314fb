package io.adversight.model;

import io.adversight.data.Labels;
import io.adversight.file.IoReason;
import io.adversight.graph.ModelFormatException;
import io.adversight.input.InputException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything about a network that its file does not say: the card lies beside the file as {@code
 * NAME.card.json}.
 *
 * @param name the model's id: lower-case words and digits joined by hyphens
 * @param title what people call it; the name when the card has none
 * @param file the network's file name, without folders
 * @param sha256 the file's SHA-256 in lower-case hex, or empty when it is not known
 * @param bytes the file's length, or 0 when it is not known
 * @param output what the numbers that leave the network are
 * @param outputName which output of the file gives the classes; empty where it has one only
 * @param classes the number of classes
 * @param measured accuracies in [0, 1] by what they were measured on
 * @param source where the weights come from, or empty
 * @param licence the weights' licence, or empty
 * @param note anything else worth knowing, or empty
 * @param architecture for weights without a graph (safetensors): the architecture's id, or empty
 */
public record ModelCard(
    String name,
    String title,
    String file,
    String sha256,
    long bytes,
    Input input,
    Preprocessing preprocessing,
    InputResize resize,
    OutputKind output,
    String outputName,
    int classes,
    LabelSource labels,
    Map<String, Double> measured,
    String source,
    String licence,
    String note,
    String architecture) {

  private static final Pattern KEBAB = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final long LONGEST = 16 << 20;

  public ModelCard {
    if (!KEBAB.matcher(name).matches()) {
      throw new InputException(
          "name must be lower-case words and digits joined by hyphens, like \"mobilenet-v2\", but"
              + " is \""
              + name
              + "\"");
    }
    if (!isFileName(file)) {
      throw new InputException(
          "file must be a plain file name, like \"%s.onnx\", but is \"%s\"".formatted(name, file));
    }
    if (!sha256.isEmpty() && !SHA256.matcher(sha256).matches()) {
      throw new InputException(
          "sha256 must be 64 lower-case hex digits, but is \"%s\"".formatted(sha256));
    }
    if (bytes < 0) {
      throw new InputException("bytes must be at least 0, but is " + bytes);
    }
    if (classes < 1) {
      throw new InputException("classes must be at least 1, but is " + classes);
    }
    if (input.channels() != preprocessing.channels().channels()) {
      throw new InputException(
          "input has %s channels, but preprocessing is for %s"
              .formatted(input.channels(), preprocessing.channels()));
    }
    if (resize.shortSide() != 0 && resize.shortSide() < Math.min(input.height(), input.width())) {
      throw new InputException(
          "resize.shortSide must be at least the input's short side %s, but is %s"
              .formatted(Math.min(input.height(), input.width()), resize.shortSide()));
    }
    if (labels instanceof LabelSource.Inline inline && inline.names().size() != classes) {
      throw new InputException(
          "labels must have one name per class: %s, but there are %s"
              .formatted(classes, inline.names().size()));
    }
    if (labels instanceof LabelSource.TextFile text && !isFileName(text.file())) {
      throw new InputException(
          "labels must be %s, a list of names, or a plain file name beside the card, but is \"%s\""
              .formatted(String.join(", ", Labels.builtIn()), text.file()));
    }
    title = title.isEmpty() ? name : title;
    measured = Collections.unmodifiableMap(new LinkedHashMap<>(measured));
    measured.forEach(
        (what, value) -> {
          if (!Double.isFinite(value)) {
            throw new InputException(
                "measured \"%s\" must be a finite number, but is %s".formatted(what, value));
          }
        });
  }

  /** Whether a text is the name of a file in a folder, and leads nowhere else. */
  private static boolean isFileName(String text) {
    try {
      Path path = Path.of(text);
      return !text.isEmpty()
          && !text.equals(".")
          && !text.equals("..")
          && path.getNameCount() == 1
          && path.toString().equals(text)
          && path.equals(path.getFileName());
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** A card with nothing but what a network needs to run. */
  public static ModelCard of(
      String name,
      String file,
      Input input,
      Preprocessing preprocessing,
      InputResize resize,
      OutputKind output,
      int classes,
      LabelSource labels) {
    return new ModelCard(
        name,
        "",
        file,
        "",
        0,
        input,
        preprocessing,
        resize,
        output,
        "",
        classes,
        labels,
        Map.of(),
        "",
        "",
        "",
        "");
  }

  /** This card for a file with the given name, hash and length. */
  public ModelCard withFile(String newFile, String newSha256, long newBytes) {
    return new ModelCard(
        name,
        title,
        newFile,
        newSha256,
        newBytes,
        input,
        preprocessing,
        resize,
        output,
        outputName,
        classes,
        labels,
        measured,
        source,
        licence,
        note,
        architecture);
  }

  /** This card with another preprocessing. */
  public ModelCard withPreprocessing(Preprocessing newPreprocessing) {
    return new ModelCard(
        name,
        title,
        file,
        sha256,
        bytes,
        input,
        newPreprocessing,
        resize,
        output,
        outputName,
        classes,
        labels,
        measured,
        source,
        licence,
        note,
        architecture);
  }

  /**
   * This card for images of another size, such as a network with global pooling takes too; a centre
   * crop is the usual one of that size.
   */
  public ModelCard withInput(int height, int width) {
    InputResize other =
        resize.mode() == InputResize.Mode.STRETCH
            ? resize
            : InputResize.usualCentreCrop(Math.max(height, width));
    return new ModelCard(
        name,
        title,
        file,
        sha256,
        bytes,
        new Input(input.channels(), height, width),
        preprocessing,
        other,
        output,
        outputName,
        classes,
        labels,
        measured,
        source,
        licence,
        note,
        architecture);
  }

  /** This card for another output of the file. */
  public ModelCard withOutputName(String newOutputName) {
    return new ModelCard(
        name,
        title,
        file,
        sha256,
        bytes,
        input,
        preprocessing,
        resize,
        output,
        newOutputName,
        classes,
        labels,
        measured,
        source,
        licence,
        note,
        architecture);
  }

  /** This card with other class names. */
  public ModelCard withLabels(LabelSource newLabels) {
    return new ModelCard(
        name,
        title,
        file,
        sha256,
        bytes,
        input,
        preprocessing,
        resize,
        output,
        outputName,
        classes,
        newLabels,
        measured,
        source,
        licence,
        note,
        architecture);
  }

  /**
   * Reads a card from a file.
   *
   * @throws ModelFormatException if there is no such file or it is not a valid card
   */
  public static ModelCard read(Path path) {
    try {
      if (Files.size(path) > LONGEST) {
        throw new ModelFormatException(
            path.toString(), "a model card has at most %s MB".formatted(LONGEST >> 20));
      }
      return parse(Files.readString(path), path.toString());
    } catch (NoSuchFileException e) {
      throw new ModelFormatException(path.toString(), "there is no such model card");
    } catch (MalformedInputException e) {
      throw new ModelFormatException(path.toString(), "a model card must be UTF-8 text");
    } catch (IOException e) {
      throw new ModelFormatException(
          path.toString(), "the model card cannot be read: " + IoReason.of(e));
    }
  }

  /**
   * Reads a card from JSON; unknown keys are ignored.
   *
   * @param from where the text comes from, for error messages
   * @throws ModelFormatException if it is not a valid card
   */
  public static ModelCard parse(String json, String from) {
    return CardJson.parse(json, from);
  }

  /** This card as indented JSON, without a final line break. */
  public String toJson() {
    return CardJson.write(this);
  }

  /**
   * Why nothing but predictions can be asked of the network; empty if its classes exclude each
   * other, as attacks and explanations need.
   */
  public Optional<String> onlyPredicts() {
    return output.isSigmoid()
        ? Optional.of(
            "the network gives %s; only predict and layers take such a network: everything else"
                    .formatted(
                        classes == 1
                            ? "one probability (a sigmoid)"
                            : "a probability for each class on its own (sigmoids)")
                + " needs classes that exclude each other")
        : Optional.empty();
  }

  /**
   * Checks that the classes exclude each other.
   *
   * @throws InputException if they do not, as {@link #onlyPredicts} says
   */
  public void ensureExclusive() {
    onlyPredicts()
        .ifPresent(
            why -> {
              throw new InputException(name + ": " + why);
            });
  }
}
