package io.adversight.lab.store;

import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.lab.http.HttpStatusException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.KnownModel;
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
import java.util.stream.Stream;

/** The networks, each opened once and shared by all panels; few are open at a time. */
public final class ModelStore {
  private static final int OPEN_AT_MOST = 6;
  private static final int OWN_AT_MOST = 100;
  private static final long OWN_BYTES = 20L << 30;

  /** How many networks can be opened at the same time; ids share doors, so that none are added. */
  private static final int LOCKS = 16;

  private static final Duration IDLE_TIME = Duration.ofHours(2);

  private final Models models;
  private final Cache<String, GraphClassifier> open =
      new Cache<>(OPEN_AT_MOST, IDLE_TIME, classifier -> 1);
  private final List<Object> locks = Stream.generate(Object::new).limit(LOCKS).toList();

  /** The networks that are usable with this data home. */
  public ModelStore(DataHome home) {
    this.models = new Models(home);
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
    return open.find(id).isPresent();
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
    Optional<GraphClassifier> known = open.find(id);
    if (known.isPresent()) {
      return known.get();
    }
    synchronized (locks.get(Math.floorMod(id.hashCode(), LOCKS))) {
      return open.get(id, () -> read(id));
    }
  }

  private GraphClassifier read(String id) {
    if (Models.isPath(id)) {
      throw new InputException("\"%s\" is a path; name a known network".formatted(id));
    }
    KnownModel model = models.find(id);
    if (!isAtHand(model)) {
      throw new HttpStatusException(
          409, "the network %s is not at hand; fetch it first".formatted(id));
    }
    return ModelReader.open(models.locate(id, ByteProgress.NONE), Device.CPU);
  }

  /** Fetches a network into the data home. */
  public void fetch(String id, ByteProgress progress) {
    models.locate(find(id).id(), progress);
  }

  /**
   * Copies a file into the data home as a network of its card's name.
   *
   * @throws HttpStatusException if the lab keeps as many networks, or bytes, as it may
   */
  public synchronized ModelFile add(Path file, ModelCard card) {
    List<KnownModel> own =
        models.list().stream().filter(model -> model.state() == KnownModel.State.LOCAL).toList();
    long bytes = own.stream().mapToLong(model -> model.card().bytes()).sum();
    if (own.size() >= OWN_AT_MOST || bytes + size(file) > OWN_BYTES) {
      throw new HttpStatusException(
          409,
          "this lab keeps at most %s networks of its users with %s GB; remove one first"
              .formatted(OWN_AT_MOST, OWN_BYTES >> 30));
    }
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
    open.remove(id);
  }
}
