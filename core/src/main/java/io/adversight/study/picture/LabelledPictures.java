package io.adversight.study.picture;

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

/** The pictures of a data set as a network sees them, with the network's number of their class. */
public final class LabelledPictures {
  private final Classifier classifier;
  private final DataSet pictures;
  private final List<Integer> labels;

  private LabelledPictures(Classifier classifier, DataSet pictures, List<Integer> labels) {
    this.classifier = classifier;
    this.pictures = pictures;
    this.labels = List.copyOf(labels);
  }

  /**
   * Finds the class of each picture by the name of its class, or by its number where classes have
   * no names.
   *
   * @throws IllegalArgumentException if a picture has no class, or one that the network lacks
   */
  public static LabelledPictures of(Classifier classifier, DataSet pictures) {
    DataSet view = NetworkView.of(pictures, classifier);
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < view.size(); i++) {
      int label = view.label(i);
      if (label == DataSet.UNLABELLED) {
        throw new InputException(
            "%s: the class of %s is not known; put the pictures of each class into a folder of"
                    .formatted(pictures.name(), pictures.imageName(i))
                + " its name");
      }
      labels.add(label);
    }
    return new LabelledPictures(classifier, view, labels);
  }

  /** The network. */
  public Classifier classifier() {
    return classifier;
  }

  /** What the set is called. */
  public String name() {
    return pictures.name();
  }

  /** The number of pictures. */
  public int size() {
    return labels.size();
  }

  /** The SHA-256 of picture {@code i}. */
  public String sha256(int i) {
    return pictures.sha256(i);
  }

  /** The images of the set that are left out. */
  public List<LeftOutImage> leftOut() {
    return pictures.leftOut();
  }

  /** What picture {@code i} is called. */
  public String imageName(int i) {
    return pictures.imageName(i);
  }

  /** The network's number of the class of picture {@code i}. */
  public int label(int i) {
    return labels.get(i);
  }

  /** The network's numbers of the classes of some pictures. */
  public List<Integer> labels(int... images) {
    return Arrays.stream(images).mapToObj(labels::get).toList();
  }

  /** Some pictures as (N, C, H, W) at the network's input size, on its device. */
  public Tensor batch(int... images) {
    List<Raster> views = Arrays.stream(images).mapToObj(pictures::image).toList();
    return Batches.of(views).to(classifier.device());
  }

  /** The classes that a network predicts for some pictures, in parts where memory is short. */
  public List<Integer> predicted(Classifier network, int... images) {
    try (Scope scope = Scope.open()) {
      return network.predict(batch(images)).stream().map(Prediction::top).toList();
    } catch (TensorException.OutOfMemory e) {
      if (images.length < 2) {
        throw e;
      }
      int half = images.length / 2;
      List<Integer> all = new ArrayList<>(predicted(network, Arrays.copyOf(images, half)));
      all.addAll(predicted(network, Arrays.copyOfRange(images, half, images.length)));
      return all;
    }
  }
}
