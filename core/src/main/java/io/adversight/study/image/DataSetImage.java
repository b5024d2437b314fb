package io.adversight.study.image;

import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.file.FileNames;
import io.adversight.input.InputException;
import io.adversight.model.ModelCard;
import io.adversight.model.NetworkView;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image of a data set.
 *
 * @param set that it belongs to
 * @param index its number there, from 0
 */
public record DataSetImage(DataSet set, int index) implements ImageSource {
  private static final Pattern RANGE =
      Pattern.compile("([a-z0-9-]+):([0-9]{1,9})(?:-([0-9]{1,9}))?");

  /**
   * Some images of a data set, as people write them: {@code cifar10:0-99}.
   *
   * @param id of the set
   * @param first the number of the first image
   * @param last the number of the last
   */
  public record Range(String id, int first, int last) {
    /** Whether a text is written so. */
    public static boolean isRange(String text) {
      return RANGE.matcher(text).matches();
    }

    /** Reads {@code cifar10:5} or {@code cifar10:0-99}. */
    public static Range parse(String text) {
      Matcher matcher = RANGE.matcher(text);
      if (!matcher.matches()) {
        throw new InputException(
            "images of a data set are written like cifar10:0-99, but were \"%s\"".formatted(text));
      }
      int first = Integer.parseInt(matcher.group(2));
      return new Range(
          matcher.group(1),
          first,
          matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3)));
    }

    /**
     * The images.
     *
     * @throws IllegalArgumentException if the set has not as many
     */
    public List<DataSetImage> of(DataSet set) {
      if (last < first || last >= set.size()) {
        throw new InputException(
            "%s has the images 0 to %s, but %s to %s were asked for"
                .formatted(id, set.size() - 1, first, last));
      }
      List<DataSetImage> images = new ArrayList<>();
      for (int i = first; i <= last; i++) {
        images.add(new DataSetImage(set, i));
      }
      return images;
    }
  }

  @Override
  public String name() {
    return FileNames.of(set.name() + "-" + set.imageName(index));
  }

  private String origin() {
    return "%s:%s".formatted(set.name(), index);
  }

  @Override
  public ImageIdentity identity(Labels labels) {
    return new ImageIdentity(origin(), NetworkView.label(set, index, labels));
  }

  @Override
  public InputImage read(ModelCard card, Labels labels) {
    return new InputImage(
            name(),
            origin(),
            "",
            ImageInputs.view(set.image(index), card),
            NetworkView.label(set, index, labels))
        .withObjectsOf(set, index, card);
  }
}
