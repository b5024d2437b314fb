package io.adversight.model;

import io.adversight.data.Labels;
import io.adversight.file.IoReason;
import io.adversight.graph.ModelFormatException;
import io.adversight.input.InputException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Everything about a network that its file does not say: the card lies beside the file as {@code
 * NAME.card.json}.
 *
 * @param name the model's id: lower-case words and digits joined by hyphens
 * @param weights the file
 * @param in what the network takes
 * @param out what it gives
 * @param description what people may want to know of it
 */
public record ModelCard(
    String name, WeightsFile weights, InputSpec in, OutputSpec out, ModelDescription description) {
  private static final Pattern KEBAB = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final long LONGEST = 16 << 20;

  public ModelCard {
    if (!KEBAB.matcher(name).matches()) {
      throw new InputException(
          "name must be lower-case words and digits joined by hyphens, like \"mobilenet-v2\", but"
              + " is \""
              + name
              + "\"");
    }
    description = description.titled(name);
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
        WeightsFile.named(file),
        new InputSpec(input, preprocessing, resize),
        new OutputSpec(output, "", classes, labels),
        ModelDescription.NONE);
  }

  /** The name that results state: with the defence in front of the network, if there is one. */
  public String nameInResults() {
    return in.defense().isEmpty() ? name : name + " behind " + in.defense();
  }

  /** This card for the network behind a defence. */
  ModelCard behind(String defense) {
    InputSpec other = new InputSpec(input(), preprocessing(), resize(), in.file(), defense);
    return new ModelCard(name, weights, other, out, description);
  }

  /** What people call it; the name when the card has none. */
  public String title() {
    return description.title();
  }

  /** The file's name, without folders. */
  public String file() {
    return weights.name();
  }

  /** The file's SHA-256 in lower-case hex, or empty when it is not known. */
  public String sha256() {
    return weights.sha256();
  }

  /** The file's length, or 0 when it is not known. */
  public long bytes() {
    return weights.bytes();
  }

  /** For weights without a graph: the architecture's id, or empty. */
  public String architecture() {
    return weights.architecture();
  }

  /** Channels, rows and columns of what enters. */
  public Input input() {
    return in.size();
  }

  /** From pixels in [0, 1] to the numbers that enter. */
  public Preprocessing preprocessing() {
    return in.preprocessing();
  }

  /** From an image of any size to one of the input's. */
  public InputResize resize() {
    return in.resize();
  }

  /** What the numbers that leave the network are. */
  public OutputKind output() {
    return out.kind();
  }

  /** Which output of the file gives the classes; empty where it has one only. */
  public String outputName() {
    return out.name();
  }

  /** The number of classes. */
  public int classes() {
    return out.classes();
  }

  /** The names of the classes. */
  public LabelSource labels() {
    return out.labels();
  }

  /** Accuracies in [0, 1] by what they were measured on. */
  public Map<String, Double> measured() {
    return description.measured();
  }

  /** Where the weights come from, or empty. */
  public String source() {
    return description.source();
  }

  /** The weights' licence, or empty. */
  public String licence() {
    return description.licence();
  }

  /** Anything else worth knowing, or empty. */
  public String note() {
    return description.note();
  }

  /** Training data beyond the usual set of the task; empty if that is not known. */
  public String extraData() {
    return description.extraData();
  }

  /** This card for the same network under another name. */
  public ModelCard withName(String newName) {
    return new ModelCard(newName, weights, in, out, description);
  }

  /** This card for a file with the given name, hash and length. */
  public ModelCard withFile(String newFile, String newSha256, long newBytes) {
    WeightsFile other = new WeightsFile(newFile, newSha256, newBytes, architecture());
    return new ModelCard(name, other, in, out, description);
  }

  /** This card with another preprocessing. */
  public ModelCard withPreprocessing(Preprocessing newPreprocessing) {
    InputSpec other = new InputSpec(input(), newPreprocessing, resize(), in.file(), in.defense());
    return new ModelCard(name, weights, other, out, description);
  }

  /**
   * This card for images of another size, such as a network with global pooling takes too; a centre
   * crop is the usual one of that size.
   */
  public ModelCard withInput(int height, int width) {
    return new ModelCard(name, weights, in.resized(height, width), out, description);
  }

  /** This card with another way from images of any size to the network's. */
  ModelCard withResize(InputResize newResize) {
    InputSpec other = new InputSpec(input(), preprocessing(), newResize, in.file(), in.defense());
    return new ModelCard(name, weights, other, out, description);
  }

  /** This card for images that enter at another input of the file. */
  public ModelCard withFileInput(FileInput file) {
    InputSpec other = new InputSpec(input(), preprocessing(), resize(), file, in.defense());
    return new ModelCard(name, weights, other, out, description);
  }

  /** This card for another output of the file. */
  public ModelCard withOutputName(String newOutputName) {
    OutputSpec other = new OutputSpec(output(), newOutputName, classes(), labels());
    return new ModelCard(name, weights, in, other, description);
  }

  /** This card with another note. */
  ModelCard withNote(String note) {
    ModelDescription other =
        new ModelDescription(title(), measured(), source(), licence(), note, extraData());
    return new ModelCard(name, weights, in, out, other);
  }

  /** This card with other class names. */
  public ModelCard withLabels(LabelSource newLabels) {
    OutputSpec other = new OutputSpec(output(), outputName(), classes(), newLabels);
    return new ModelCard(name, weights, in, other, description);
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
    return toJson(labels -> labels);
  }

  /**
   * This card for people: class names that it lists itself are those that {@code shown} makes of
   * them, so that the text may be no valid card.
   */
  public String toJson(UnaryOperator<List<String>> shown) {
    return CardJson.write(this, shown);
  }

  /** This card for a network of independent labels that decides on the subsets of some. */
  ModelCard deciding(LabelSet set, Labels known) {
    LabelSource names = new LabelSource.Inline(set.names(known));
    OutputSpec decided = new OutputSpec(OutputKind.LOGITS, outputName(), set.classes(), names);
    return new ModelCard(name, weights, in, decided, description);
  }

  /**
   * Checks that the classes exclude each other, as attacks and explanations need.
   *
   * @throws InputException if they do not, naming the labels' number
   */
  public void ensureExclusive() {
    if (output().isMultiLabel()) {
      throw new InputException(
          ("%s: the network gives a probability for each of %s independent labels; choose with"
                  + " --label-set which are meant: one label (on or off), or up to %s of them"
                  + " (each subset is a class)")
              .formatted(name, classes(), LabelSet.MOST));
    }
  }
}
