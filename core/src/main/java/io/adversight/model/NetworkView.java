package io.adversight.model;

import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.data.LeftOutImage;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A set of images as a network sees them: of its size and channels, with its classes. */
public final class NetworkView implements DataSet {
  private final DataSet images;
  private final ModelCard card;
  private final Labels labels;
  private final boolean sameClasses;

  private NetworkView(DataSet images, ModelCard card, Labels labels) {
    this.images = images;
    this.card = card;
    this.labels = labels;
    this.sameClasses = images.classNames().isEmpty() || images.classNames().equals(labels.names());
  }

  /**
   * The images of a set as a network sees them. Classes are found by their names, or by number
   * where they have none.
   */
  public static NetworkView of(DataSet images, Classifier classifier) {
    return new NetworkView(images, classifier.card(), classifier.labels());
  }

  /** The images of a set as a network of that card and these classes sees them. */
  public static NetworkView of(DataSet images, ModelCard card, Labels labels) {
    return new NetworkView(images, card, labels);
  }

  /**
   * The class of image {@code i} of a set among a network's classes, found as every command finds
   * it: by name where the set's classes have names, else by number. Empty if the class is not
   * known, or the network has none of that name.
   *
   * @throws IllegalArgumentException if two classes of the network have the name
   */
  public static OptionalInt label(DataSet images, int i, Labels labels) {
    int label = images.label(i);
    List<String> names = images.classNames();
    if (label == UNLABELLED) {
      return OptionalInt.empty();
    }
    if (names.isEmpty() || names.equals(labels.names())) {
      return label < labels.size() ? OptionalInt.of(label) : OptionalInt.empty();
    }
    try {
      return OptionalInt.of(labels.indexOfName(names.get(label)));
    } catch (NoSuchElementException noSuchClass) {
      return OptionalInt.empty();
    }
  }

  /**
   * An image of any size as the network sees it: cropped or stretched as its card says, in grey or
   * three channels. An image that has the network's size stays as it is.
   */
  public static Raster of(Raster image, ModelCard card) {
    Raster coloured = coloured(image, card);
    Input input = card.input();
    if (coloured.height() == input.height() && coloured.width() == input.width()) {
      return coloured;
    }
    return switch (card.resize().mode()) {
      case STRETCH ->
          io.adversight.image.RasterResize.stretch(coloured, input.height(), input.width());
      case SHORT_SIDE_THEN_CENTRE_CROP ->
          io.adversight.image.RasterResize.shortSideThenCentreCrop(
              coloured, card.resize().shortSide(), input.height(), input.width());
    };
  }

  /** An image in the channels that the network takes: grey or three. */
  public static Raster coloured(Raster image, ModelCard card) {
    return card.preprocessing().channels() == ChannelOrder.GRAY ? image.toGrey() : image.toRgb();
  }

  @Override
  public String name() {
    return images.name();
  }

  @Override
  public int size() {
    return images.size();
  }

  /**
   * The network's number of the image's class.
   *
   * @throws IllegalArgumentException if the network has no such number
   * @throws java.util.NoSuchElementException if the network has no class of that name
   */
  @Override
  public int label(int i) {
    int label = images.label(i);
    if (label == UNLABELLED) {
      return UNLABELLED;
    }
    int index = sameClasses ? label : labels.indexOfName(images.classNames().get(label));
    if (index >= card.classes()) {
      throw new InputException(
          "%s has a class %s, but the network has classes 0 to %s"
              .formatted(images.name(), index, card.classes() - 1));
    }
    return index;
  }

  /**
   * The classes of a batch: those that are known, and where none is the predicted ones.
   *
   * @param pixels of the images from number {@code first} on
   */
  public List<Integer> labels(Classifier classifier, Tensor pixels, int first) {
    int[] known = IntStream.range(first, first + (int) pixels.size(0)).map(this::label).toArray();
    if (Arrays.stream(known).noneMatch(label -> label == UNLABELLED)) {
      return Arrays.stream(known).boxed().toList();
    }
    try (Scope scope = Scope.open()) {
      List<Prediction> predictions = classifier.predict(pixels);
      return IntStream.range(0, known.length)
          .mapToObj(i -> known[i] == UNLABELLED ? predictions.get(i).top() : known[i])
          .toList();
    }
  }

  /** A batch of images on the classifier's device, (N, C, H, W). */
  public Tensor batch(Classifier classifier, int first, int end) {
    return Batches.of(IntStream.range(first, end).mapToObj(this::image).toList())
        .to(classifier.device());
  }

  @Override
  public Raster image(int i) {
    return of(images.image(i), card);
  }

  @Override
  public void check(int i) {
    images.check(i);
  }

  @Override
  public String sha256(int i) {
    return images.sha256(i);
  }

  @Override
  public List<LeftOutImage> leftOut() {
    return images.leftOut();
  }

  @Override
  public List<String> classNames() {
    return labels.names();
  }

  @Override
  public String imageName(int i) {
    return images.imageName(i);
  }
}
