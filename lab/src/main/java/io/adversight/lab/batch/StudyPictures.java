package io.adversight.lab.batch;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.home.DataHome;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.lab.shelf.PictureInfo;
import io.adversight.lab.shelf.PictureShelf;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.study.picture.Picture;
import io.adversight.study.picture.PictureFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a study, read one by one.
 *
 * @param size how many there are
 * @param names the name of the i-th, known without reading it
 * @param reader reads the i-th
 */
record StudyPictures(int size, IntFunction<String> names, IntFunction<Picture> reader) {
  static final int MOST = 10_000;

  static StudyPictures of(
      StudyForm.Source source, PictureShelf shelf, DataHome home, GraphClassifier classifier) {
    return switch (source.kind()) {
      case "samples" ->
          of(shelf.idsOf(source.group() == null ? "" : source.group()), source, shelf, classifier);
      case "folder" ->
          of(shelf.folder().stream().map(PictureInfo::id).toList(), source, shelf, classifier);
      case "pictures" ->
          of(source.ids() == null ? List.of() : source.ids(), source, shelf, classifier);
      case "dataset" -> ofDataSet(source, home, classifier);
      default ->
          throw new InputException(
              "the source must be samples, folder, pictures or dataset, but was \"%s\""
                  .formatted(source.kind()));
    };
  }

  private static int limited(int size, @Nullable Integer limit) {
    int most = limit == null ? MOST : Math.max(1, Math.min(MOST, limit));
    if (size == 0) {
      throw new InputException("there are no pictures to study");
    }
    return Math.min(size, most);
  }

  private static StudyPictures of(
      List<String> ids, StudyForm.Source source, PictureShelf shelf, GraphClassifier classifier) {
    List<String> some = List.copyOf(ids.subList(0, limited(ids.size(), source.limit())));
    return new StudyPictures(
        some.size(),
        i -> name(i, shelf.name(some.get(i))),
        i -> picture(i, some.get(i), shelf, classifier));
  }

  private static Picture picture(int i, String id, PictureShelf shelf, GraphClassifier classifier) {
    PictureInfo info = shelf.info(id);
    Integer label = info.label();
    OptionalInt known = OptionalInt.empty();
    if (label != null && isMadeFor(info.group(), classifier.card().name())) {
      known = OptionalInt.of(label);
    } else if (info.labelName() != null) {
      known = index(classifier, info.labelName());
    }
    return new Picture(
        name(i, info.name()),
        info.name(),
        "",
        PictureFiles.view(shelf.raster(id), classifier.card()),
        known);
  }

  /** Whether drawings of a group show the classes of a network: one of its name, or of its kin. */
  private static boolean isMadeFor(String group, String network) {
    return network.equals(group) || network.startsWith(group + "-");
  }

  private static StudyPictures ofDataSet(
      StudyForm.Source source, DataHome home, GraphClassifier classifier) {
    String name = source.name();
    if (name == null || !DataSets.ids().contains(name)) {
      throw new UnknownNameException(
          "there is no data set \"%s\"; there are %s"
              .formatted(name, String.join(", ", DataSets.ids())));
    }
    DataSet set = DataSets.find(name, home);
    return new StudyPictures(
        limited(set.size(), source.limit()),
        i -> name(i, set.imageName(i)),
        i -> picture(i, set, classifier));
  }

  private static Picture picture(int i, DataSet set, GraphClassifier classifier) {
    Raster view = PictureFiles.view(set.image(i), classifier.card());
    OptionalInt known = NetworkView.label(set, i, classifier.labels());
    return new Picture(name(i, set.imageName(i)), set.imageName(i), "", view, known)
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
  List<Picture> read(int from, int to) {
    List<Picture> some = new ArrayList<>();
    for (int i = from; i < to; i++) {
      some.add(reader.apply(i));
    }
    return some;
  }
}
