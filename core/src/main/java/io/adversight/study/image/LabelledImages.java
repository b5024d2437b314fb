package io.adversight.study.image;

import io.adversight.data.DataSet;
import io.adversight.data.LeftOutImage;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.NetworkView;
import io.adversight.model.Prediction;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.tensor.TensorException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The images of a data set as a network sees them, with the network's number of their class. */
public final class LabelledImages {
  private final Classifier classifier;
  private final DataSet images;
  private final List<Integer> labels;

  private LabelledImages(Classifier classifier, DataSet images, List<Integer> labels) {
    this.classifier = classifier;
    this.images = images;
    this.labels = List.copyOf(labels);
  }

  /**
   * Finds the class of each image by the name of its class, or by its number where classes have no
   * names.
   *
   * @throws IllegalArgumentException if an image has no class, or one that the network lacks
   */
  public static LabelledImages of(Classifier classifier, DataSet images) {
    DataSet view = NetworkView.of(images, classifier);
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < view.size(); i++) {
      int label = view.label(i);
      if (label == DataSet.UNLABELLED) {
        throw new InputException(
            "%s: the class of %s is not known; put the images of each class into a folder of"
                    .formatted(images.name(), images.imageName(i))
                + " its name");
      }
      labels.add(label);
    }
    return new LabelledImages(classifier, view, labels);
  }

  /** The network. */
  public Classifier classifier() {
    return classifier;
  }

  /** What the set is called. */
  public String name() {
    return images.name();
  }

  /** The number of images. */
  public int size() {
    return labels.size();
  }

  /** The SHA-256 of image {@code i}. */
  public String sha256(int i) {
    return images.sha256(i);
  }

  /** The indices of the set that are left out. */
  public List<LeftOutImage> leftOut() {
    return images.leftOut();
  }

  /** What image {@code i} is called. */
  public String imageName(int i) {
    return images.imageName(i);
  }

  /** The network's number of the class of image {@code i}. */
  public int label(int i) {
    return labels.get(i);
  }

  /** The network's numbers of the classes of some images. */
  public List<Integer> labels(int... indices) {
    return Arrays.stream(indices).mapToObj(labels::get).toList();
  }

  /** Some images as (N, C, H, W) at the network's input size, on its device. */
  public Tensor batch(int... indices) {
    List<Raster> views = Arrays.stream(indices).mapToObj(images::image).toList();
    return Batches.of(views).to(classifier.device());
  }

  /** The classes that a network predicts for some images, in parts where memory is short. */
  public List<Integer> predicted(Classifier network, int... indices) {
    try (Scope scope = Scope.open()) {
      return network.predict(batch(indices)).stream().map(Prediction::top).toList();
    } catch (TensorException.OutOfMemory e) {
      if (indices.length < 2) {
        throw e;
      }
      int half = indices.length / 2;
      List<Integer> all = new ArrayList<>(predicted(network, Arrays.copyOf(indices, half)));
      all.addAll(predicted(network, Arrays.copyOfRange(indices, half, indices.length)));
      return all;
    }
  }
}
