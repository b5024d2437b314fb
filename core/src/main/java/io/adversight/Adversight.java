package io.adversight;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.data.Labels;
import io.adversight.graph.ModelFormatException;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.home.FetchException;
import io.adversight.input.InputException;
import io.adversight.model.ChannelOrder;
import io.adversight.model.FileInput;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.model.Preprocessing;
import io.adversight.tensor.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Opens models and data sets by name or file.
 *
 * <pre>{@code
 * try (Model model = Adversight.open("mobilenet-v2")) {
 *   Adversarial found = model.attack(new Pgd(), Image.read(Path.of("photo.jpg")), 8 / 255.0);
 * }
 * }</pre>
 *
 * <p>Names are looked up in the library, in the folders that {@code ADVERSIGHT_MIRROR} lists, in
 * {@code ADVERSIGHT_HOME} (default: {@code .adversight} in the user's home folder), and on the hub,
 * from where a model is fetched once.
 */
public final class Adversight {
  private static final String ID = "own-model";

  private Adversight() {}

  /**
   * Opens a known model or an ONNX file on the processor.
   *
   * @param nameOrFile a name such as {@code digits}, or a path with a folder or a file's ending
   * @throws NoSuchElementException if there is no model of that name; the message lists those near
   * @throws FetchException if the model cannot be fetched
   * @throws ModelFormatException if the file is not an image classifier
   */
  public static Model open(String nameOrFile) {
    return open(nameOrFile, Device.CPU);
  }

  /** Opens a known model or an ONNX file on a device, such as {@code Device.parse("cuda")}. */
  public static Model open(String nameOrFile, Device device) {
    if (Models.isPath(nameOrFile)) {
      return open(file(Path.of(nameOrFile)), device);
    }
    return open(new Models(home()).locate(nameOrFile, ByteProgress.NONE), device);
  }

  /**
   * Opens an ONNX file on the processor. What the file does not say is taken from {@code
   * NAME.card.json} beside it; without one, the network takes pixels in [0, 1] as they are, and its
   * classes are called by their numbers.
   *
   * @throws ModelFormatException if the file is not an image classifier
   */
  public static Model open(Path file) {
    return open(file(file), Device.CPU);
  }

  /**
   * Opens an ONNX file that needs preprocessing.
   *
   * @param preprocessing from pixels in [0, 1] to the network's input
   * @param classNames one per output of the network; none if classes are called by their numbers
   * @throws ModelFormatException if the file is not an image classifier
   * @throws InputException if there is another number of names than classes
   */
  public static Model open(Path file, Preprocessing preprocessing, List<String> classNames) {
    LabelSource labels =
        classNames.isEmpty() ? new LabelSource.Numbers() : new LabelSource.Inline(classNames);
    ModelReader.Given given =
        new ModelReader.Given(
            FileInput.ONLY,
            Optional.of(preprocessing.channels()),
            Optional.of(preprocessing.range()),
            preprocessing.mean(),
            preprocessing.std(),
            Optional.of(preprocessing.layout()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return open(ModelFile.of(file, ModelReader.describe(file, ID, given, labels)), Device.CPU);
  }

  /** The preprocessing of most ImageNet networks: RGB, mean and deviation of that data set. */
  public static Preprocessing imageNetPreprocessing() {
    return new Preprocessing(
        ChannelOrder.RGB, 1, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
  }

  /** The names of the 1000 ImageNet classes, in the order of their numbers. */
  public static List<String> imageNetClasses() {
    return Labels.named("imagenet-1k").lines();
  }

  /**
   * A labelled data set: a known name such as {@code cifar10}, or a folder with one folder of
   * images per class.
   *
   * @throws NoSuchElementException if there is no such set or folder; the message lists the names
   * @throws FetchException if the set cannot be fetched
   */
  public static DataSet data(String nameOrFolder) {
    return DataSets.find(nameOrFolder, home());
  }

  private static Model open(ModelFile file, Device device) {
    return Model.of(ModelReader.open(file, device));
  }

  private static ModelFile file(Path file) {
    if (Models.cardBeside(file).isPresent()) {
      return new Models(home()).locate(file.toAbsolutePath().toString(), ByteProgress.NONE);
    }
    ModelReader.Given given =
        new ModelReader.Given(
            FileInput.ONLY,
            Optional.empty(),
            Optional.empty(),
            List.of(0.0),
            List.of(1.0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    ModelCard card = ModelReader.describe(file, ID, given, new LabelSource.Numbers());
    return ModelFile.of(file, card);
  }

  private static DataHome home() {
    return DataHome.of(System.getenv());
  }
}
