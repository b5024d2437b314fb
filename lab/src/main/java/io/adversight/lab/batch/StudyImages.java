package io.adversight.lab.batch;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.home.DataHome;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.lab.store.ImageInfo;
import io.adversight.lab.store.ImageStore;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.study.image.ImageInputs;
import io.adversight.study.image.InputImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The images of a study, read one by one.
 *
 * @param size how many there are
 * @param names the name of the i-th, known without reading it
 * @param reader reads the i-th
 */
record StudyImages(int size, IntFunction<String> names, IntFunction<InputImage> reader) {
  static final int MOST = 10_000;

  static StudyImages of(
      StudyForm.Source source, ImageStore store, DataHome home, GraphClassifier classifier) {
    return switch (source.kind()) {
      case "samples" ->
          of(store.idsOf(source.group() == null ? "" : source.group()), source, store, classifier);
      case "folder" ->
          of(store.folder().stream().map(ImageInfo::id).toList(), source, store, classifier);
      case "images" ->
          of(source.ids() == null ? List.of() : source.ids(), source, store, classifier);
      case "dataset" -> ofDataSet(source, home, classifier);
      default ->
          throw new InputException(
              "the source must be samples, folder, images or dataset, but was \"%s\""
                  .formatted(source.kind()));
    };
  }

  private static int limited(int size, @Nullable Integer limit) {
    int most = limit == null ? MOST : Math.max(1, Math.min(MOST, limit));
    if (size == 0) {
      throw new InputException("there are no images to study");
    }
    return Math.min(size, most);
  }

  private static StudyImages of(
      List<String> ids, StudyForm.Source source, ImageStore store, GraphClassifier classifier) {
    List<String> some = List.copyOf(ids.subList(0, limited(ids.size(), source.limit())));
    return new StudyImages(
        some.size(),
        i -> name(i, store.name(some.get(i))),
        i -> image(i, some.get(i), store, classifier));
  }

  private static InputImage image(int i, String id, ImageStore store, GraphClassifier classifier) {
    ImageInfo info = store.info(id);
    Integer label = info.label();
    OptionalInt known = OptionalInt.empty();
    if (label != null && isMadeFor(info.group(), classifier.card().name())) {
      known = OptionalInt.of(label);
    } else if (info.labelName() != null) {
      known = index(classifier, info.labelName());
    }
    return new InputImage(
        name(i, info.name()),
        info.name(),
        "",
        ImageInputs.view(store.raster(id), classifier.card()),
        known);
  }

  /**
   * Whether drawings of a group show the classes of a network: the one of its name, or a variant.
   */
  private static boolean isMadeFor(String group, String network) {
    return network.equals(group) || network.startsWith(group + "-");
  }

  private static StudyImages ofDataSet(
      StudyForm.Source source, DataHome home, GraphClassifier classifier) {
    String name = source.name();
    if (name == null || !DataSets.ids().contains(name)) {
      throw new UnknownNameException(
          "there is no data set \"%s\"; there are %s"
              .formatted(name, String.join(", ", DataSets.ids())));
    }
    DataSet set = DataSets.find(name, home);
    return new StudyImages(
        limited(set.size(), source.limit()),
        i -> name(i, set.imageName(i)),
        i -> image(i, set, classifier));
  }

  private static InputImage image(int i, DataSet set, GraphClassifier classifier) {
    Raster view = ImageInputs.view(set.image(i), classifier.card());
    OptionalInt known = NetworkView.label(set, i, classifier.labels());
    return new InputImage(name(i, set.imageName(i)), set.imageName(i), "", view, known)
        .withObjectsOf(set, i, classifier.card());
  }

  private static OptionalInt index(GraphClassifier classifier, String className) {
    try {
      return OptionalInt.of(classifier.labels().indexOfName(className));
    } catch (NoSuchElementException | IllegalArgumentException noSuchClass) {
      return OptionalInt.empty();
    }
  }

  /** A name that is unique in the study and can name a folder anywhere. */
  private static String name(int i, String from) {
    String plain = from.replaceAll("\\.[A-Za-z0-9]{1,5}$", "").replaceAll("[^A-Za-z0-9_-]+", "-");
    return String.format(
        Locale.ROOT, "%05d-%s", i, plain.length() > 40 ? plain.substring(0, 40) : plain);
  }

  /** All that belong to one batch. */
  List<InputImage> read(int from, int to) {
    List<InputImage> some = new ArrayList<>();
    for (int i = from; i < to; i++) {
      some.add(reader.apply(i));
    }
    return some;
  }
}
