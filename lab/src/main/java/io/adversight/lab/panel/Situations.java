package io.adversight.lab.panel;

import io.adversight.attack.Attack;
import io.adversight.attack.Norm;
import io.adversight.catalog.Kind;
import io.adversight.defense.Defense;
import io.adversight.image.Raster;
import io.adversight.image.Resize;
import io.adversight.input.Constants;
import io.adversight.lab.shelf.Crop;
import io.adversight.lab.shelf.ModelShelf;
import io.adversight.lab.shelf.PictureShelf;
import io.adversight.lab.shelf.Recent;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.study.picture.PictureFiles;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Understands the states of panels; what was looked at lately is not computed again. */
public final class Situations {
  /** The kinds of attack that change one picture. */
  static final Kind[] ATTACKS = {Kind.BOUNDED_ATTACK, Kind.MINIMAL_ATTACK, Kind.TRANSFORM_ATTACK};

  private static final long FLOATS = Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 64);

  private final ModelShelf models;
  private final PictureShelf pictures;
  private final Recent<Key, Subject> subjects =
      new Recent<>(FLOATS, Duration.ofMinutes(30), Subject::weight);

  private record Key(GraphClassifier classifier, String picture, @Nullable Crop crop) {}

  /** Of states that name these models and pictures. */
  public Situations(ModelShelf models, PictureShelf pictures) {
    this.models = models;
    this.pictures = pictures;
  }

  /**
   * What a state means.
   *
   * @throws java.util.NoSuchElementException for an unknown model, picture, attack or parameter
   * @throws IllegalArgumentException for a value out of range
   */
  public Situation of(PanelState state) {
    Subject subject = subject(state);
    Double epsilon = state.epsilon();
    Integer label = state.label();
    Integer target = state.target();
    Long seed = state.seed();
    Choice defense = state.defense();
    return new Situation(
        subject,
        state.attack(),
        state.attack().create(Attack.class, ATTACKS),
        norm(state.norm()),
        epsilon == null ? 0 : epsilon,
        label == null ? subject.prediction().top() : label,
        target == null ? OptionalInt.empty() : OptionalInt.of(target),
        seed == null ? 0 : seed,
        defense == null
            ? Optional.empty()
            : Optional.of(defense.create(Defense.class, Kind.DEFENSE)));
  }

  /** The picture of a state as its network sees it. */
  public Subject subject(PanelState state) {
    GraphClassifier classifier = models.open(state.model());
    return subjects.get(
        new Key(classifier, state.picture(), state.crop()),
        () -> new Subject(classifier, view(state, classifier)));
  }

  private Raster view(PanelState state, GraphClassifier classifier) {
    Raster picture = pictures.raster(state.picture());
    Crop crop = state.crop();
    return crop == null
        ? PictureFiles.view(picture, classifier.card())
        : fitted(crop.of(picture), classifier);
  }

  /** A picture of any size stretched to a network's input, in its colours. */
  public static Raster fitted(Raster picture, GraphClassifier classifier) {
    Input input = classifier.card().input();
    Raster coloured =
        classifier.card().preprocessing().channels() == ChannelOrder.GRAY
            ? picture.toGrey()
            : picture.toRgb();
    return coloured.height() == input.height() && coloured.width() == input.width()
        ? coloured
        : Resize.stretch(coloured, input.height(), input.width());
  }

  /** The norm of that name; LINF if there is none. */
  static Norm norm(@Nullable String name) {
    return name == null ? Norm.LINF : Constants.named(Norm.class, "the norm", name);
  }

  /** Evicts idle entries. */
  public void expire() {
    subjects.expire();
  }

  /** The number of pictures kept for panels. */
  public int size() {
    return subjects.size();
  }
}
