package io.adversight.lab.panel;

import io.adversight.attack.Attack;
import io.adversight.attack.problem.Norm;
import io.adversight.catalog.Kind;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.input.Constants;
import io.adversight.lab.store.Cache;
import io.adversight.lab.store.Crop;
import io.adversight.lab.store.ImageStore;
import io.adversight.lab.store.ModelStore;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.study.image.ImageInputs;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Resolves and validates the states of panels, with a cache of their images and predictions. */
public final class PanelRequests {
  /** The kinds of attack that change one image. */
  static final Kind[] ATTACKS = {Kind.BOUNDED_ATTACK, Kind.MINIMAL_ATTACK, Kind.TRANSFORM_ATTACK};

  private static final long FLOATS = Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 64);

  private final ModelStore models;
  private final ImageStore images;
  private final Defenses defenses = new Defenses();
  private final Cache<Key, Subject> subjects =
      new Cache<>(FLOATS, Duration.ofMinutes(30), Subject::weight);

  private record Key(GraphClassifier classifier, String image, @Nullable Crop crop) {}

  /** Of states that name these models and images. */
  public PanelRequests(ModelStore models, ImageStore images) {
    this.models = models;
    this.images = images;
  }

  /**
   * What a state means.
   *
   * @throws java.util.NoSuchElementException for an unknown model, image, attack or parameter
   * @throws IllegalArgumentException for a value out of range
   */
  public PanelRequest of(PanelState state) {
    Subject subject = subject(state);
    Double epsilon = state.epsilon();
    Integer label = state.label();
    Integer target = state.target();
    Long seed = state.seed();
    return new PanelRequest(
        subject,
        state.attack(),
        state.attack().create(Attack.class, ATTACKS),
        norm(state.norm()),
        epsilon == null ? 0 : epsilon,
        label == null ? subject.prediction().top() : label,
        target == null ? OptionalInt.empty() : OptionalInt.of(target),
        seed == null ? 0 : seed,
        models.open(state.model(), state.labelSet()),
        Boolean.FALSE.equals(state.adaptive())
            ? subject(state, models.open(state.model(), state.labelSet()).classifier())
            : subject);
  }

  /** The image of a state as its network takes it. */
  public Subject subject(PanelState state) {
    return subject(state, classifier(state.model(), state));
  }

  private Subject subject(PanelState state, GraphClassifier classifier) {
    return subjects.get(
        new Key(classifier, state.image(), state.crop()),
        () -> new Subject(classifier, view(state, classifier)));
  }

  /** A network behind the defences of a state; of the state's own with its label set. */
  public GraphClassifier classifier(String model, PanelState state) {
    List<Integer> labelSet = model.equals(state.model()) ? state.labelSet() : null;
    return defenses.before(models.open(model, labelSet).classifier(), state.defenses());
  }

  private Raster view(PanelState state, GraphClassifier classifier) {
    Raster image = images.raster(state.image());
    Crop crop = state.crop();
    return crop == null
        ? ImageInputs.view(image, classifier.card())
        : fitted(crop.of(image), classifier);
  }

  /** An image of any size stretched to a network's input, in its colours. */
  public static Raster fitted(Raster image, GraphClassifier classifier) {
    Input input = classifier.card().input();
    Raster coloured =
        classifier.card().preprocessing().channels() == ChannelOrder.GRAY
            ? image.toGrey()
            : image.toRgb();
    return coloured.height() == input.height() && coloured.width() == input.width()
        ? coloured
        : RasterResize.stretch(coloured, input.height(), input.width());
  }

  /** The norm of that name; LINF if there is none. */
  static Norm norm(@Nullable String name) {
    return name == null ? Norm.LINF : Constants.named(Norm.class, "the norm", name);
  }

  /** Evicts idle entries. */
  public void expire() {
    subjects.expire();
  }

  /** The number of images kept for panels. */
  public int size() {
    return subjects.size();
  }
}
