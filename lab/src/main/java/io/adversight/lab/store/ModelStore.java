package io.adversight.lab.store;

import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.lab.http.HttpStatusException;
import io.adversight.model.EngineChoice;
import io.adversight.model.GraphClassifier;
import io.adversight.model.KnownModel;
import io.adversight.model.LabelSet;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.tensor.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The networks, each opened once and shared by all panels; few are open at a time. */
public final class ModelStore {
  private static final int OPEN_AT_MOST = 6;

  /** How many networks can be opened at the same time; ids share doors, so that none are added. */
  private static final int LOCKS = 16;

  private static final Duration IDLE_TIME = Duration.ofHours(2);

  private final Models models;
  private final Disk disk;
  private final Cache<Key, OpenNetwork> open = new Cache<>(OPEN_AT_MOST, IDLE_TIME, network -> 1);

  private record Key(String id, List<Integer> labelSet) {
    static Key of(String id, @Nullable List<Integer> labelSet) {
      return new Key(id, labelSet == null ? List.of() : List.copyOf(labelSet));
    }
  }

  private final EngineChoice engine;
  private final List<Object> locks = Stream.generate(Object::new).limit(LOCKS).toList();

  /** The networks that are usable with this data home, with the usual quota for more. */
  public ModelStore(DataHome home) {
    this(home, new Disk(home, Quota.USUAL), EngineChoice.AUTO);
  }

  /**
   * The networks that are usable with this data home.
   *
   * @param engine computes their passes
   */
  public ModelStore(DataHome home, Disk disk, EngineChoice engine) {
    this.engine = engine;
    this.models = new Models(home);
    this.disk = disk;
  }

  /** All networks that are known. */
  public List<KnownModel> list() {
    return models.list();
  }

  /** What is wrong with cards that cannot be used. */
  public List<String> problems() {
    return models.problems();
  }

  /**
   * What is known of a network.
   *
   * @throws java.util.NoSuchElementException if there is none of that name
   */
  public KnownModel find(String id) {
    return models.find(id);
  }

  /** Whether a network can be opened without fetching it. */
  public static boolean isAtHand(KnownModel model) {
    return model.state() != KnownModel.State.HUB;
  }

  /** Whether a network is open. */
  public boolean isOpen(String id) {
    return open.find(Key.of(id, null)).isPresent();
  }

  /** Closes networks that were not used for too long. */
  public void expire() {
    open.expire();
  }

  /** The number of open networks. */
  public int openCount() {
    return open.size();
  }

  /**
   * A network, opened if it is not.
   *
   * @throws HttpStatusException if it has to be fetched first
   */
  public GraphClassifier open(String id) {
    return open(id, null).classifier();
  }

  /**
   * The same with a choice of independent labels.
   *
   * @param labelSet the numbers of the labels that are decided on, at most {@link LabelSet#MOST};
   *     null for all, or the first where they are more
   * @throws HttpStatusException if it has to be fetched first
   * @throws InputException if there are no such labels, or none that are independent
   */
  public OpenNetwork open(String id, @Nullable List<Integer> labelSet) {
    Key key = Key.of(id, labelSet);
    Optional<OpenNetwork> known = open.find(key);
    if (known.isPresent()) {
      return known.get();
    }
    synchronized (locks.get(Math.floorMod(id.hashCode(), LOCKS))) {
      return open.get(key, () -> read(id, key.labelSet()));
    }
  }

  private OpenNetwork read(String id, List<Integer> labelSet) {
    if (Models.isPath(id)) {
      throw new InputException("\"%s\" is a path; name a known network".formatted(id));
    }
    KnownModel model = models.find(id);
    if (!isAtHand(model)) {
      throw new HttpStatusException(
          409, "the network %s is not at hand; fetch it first".formatted(id));
    }
    ModelFile file = models.locate(id, ByteProgress.NONE);
    if (!file.card().output().isMultiLabel()) {
      if (!labelSet.isEmpty()) {
        throw new InputException(
            "%s has classes that exclude each other; label sets are for networks of independent labels"
                .formatted(id));
      }
      return new OpenNetwork(ModelReader.open(file, Device.CPU).on(engine), List.of(), List.of());
    }
    List<String> names = file.labels().lines();
    List<Integer> chosen = labelSet.isEmpty() ? usual(names.size()) : labelSet;
    for (int label : chosen) {
      if (label < 0 || label >= names.size()) {
        throw new InputException(
            "label %s does not exist; the network has labels 0 to %s"
                .formatted(label, names.size() - 1));
      }
    }
    return new OpenNetwork(
        ModelReader.openAny(file, Device.CPU).deciding(new LabelSet(chosen)).on(engine),
        names,
        chosen);
  }

  /** All labels, or the first where they are too many for one set. */
  private static List<Integer> usual(int labels) {
    return IntStream.range(0, labels > LabelSet.MOST ? 1 : labels).boxed().toList();
  }

  /**
   * Makes sure that a network of so many bytes may be added or fetched.
   *
   * @throws HttpStatusException if the lab keeps as many networks, or bytes, as it may
   */
  public void ensureFits(long bytes) {
    long own =
        models.list().stream().filter(model -> model.state() == KnownModel.State.LOCAL).count();
    disk.ensureNetworkFits(Math.toIntExact(own), bytes);
  }

  /**
   * Fetches a network into the data home.
   *
   * @throws HttpStatusException if the lab keeps as many networks, or bytes, as it may
   */
  public void fetch(String id, ByteProgress progress) {
    KnownModel model = find(id);
    ensureFits(model.card().bytes());
    models.locate(model.id(), progress);
  }

  /**
   * Copies a file into the data home as a network of its card's name.
   *
   * @throws HttpStatusException if the lab keeps as many networks, or bytes, as it may
   */
  public synchronized ModelFile add(Path file, ModelCard card) {
    ensureFits(size(file));
    return models.add(file, card);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the network cannot be read", e);
    }
  }

  /**
   * Removes a network from the data home.
   *
   * @throws InputException if it does not lie there
   */
  public synchronized void remove(String id) {
    models.find(id);
    models.remove(id);
    open.removeIf(key -> key.id().equals(id));
  }
}
