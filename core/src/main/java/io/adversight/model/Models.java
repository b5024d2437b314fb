package io.adversight.model;

import io.adversight.data.Labels;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.onnx.ExternalData;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.home.Download;
import io.adversight.home.FetchException;
import io.adversight.home.Mirror;
import io.adversight.home.Sha256;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.text.DidYouMean;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * All models that can be used by name: those inside the library, in mirrors, in the data home and
 * on the hub. Where two have one name, the first in this order is meant. A card in the data home
 * whose file is missing, but whose source is an address, is fetched from there.
 */
public final class Models {
  private static final String FOLDER = "models/";
  private static final String LIBRARY = "/io/adversight/models/";
  private static final String CARD = ".card.json";

  private final DataHome home;
  private final Download download;
  private final Embedded embedded;
  private final List<Hub.Entry> hub;
  private final Set<String> told = new HashSet<>();

  /** The models available with this data home. */
  public Models(DataHome home) {
    this(home, new Download(), new Embedded(LIBRARY), Hub.entries());
  }

  Models(DataHome home, Download download, Embedded embedded, List<Hub.Entry> hub) {
    this.home = home;
    this.download = download;
    this.embedded = embedded;
    this.hub = hub;
  }

  /** What there is to know about the folders: models by name, and cards that cannot be read. */
  private record Survey(Map<String, KnownModel> models, List<String> problems) {
    void add(ModelCard card, KnownModel.State state) {
      models.putIfAbsent(card.name(), new KnownModel(card, state));
    }
  }

  private Survey survey() {
    Survey survey = new Survey(new LinkedHashMap<>(), new ArrayList<>());
    embedded.cards().forEach(card -> survey.add(card, KnownModel.State.EMBEDDED));
    for (Mirror mirror : home.mirrors()) {
      for (Path card : mirror.list(FOLDER, CARD)) {
        try {
          home.inMirror(mirror, FOLDER + card.getFileName(), "");
          survey.add(ModelCard.read(card), KnownModel.State.MIRROR);
        } catch (ModelFormatException | FetchException e) {
          survey.problems().add(String.valueOf(e.getMessage()));
        }
      }
    }
    for (Path card : home.list(FOLDER, CARD)) {
      try {
        ModelCard read = ModelCard.read(card);
        boolean isHere = Files.isRegularFile(home.models().resolve(read.file()));
        boolean toFetch = !isHere && Hub.Entry.named(read).isPresent();
        survey.add(read, toFetch ? KnownModel.State.HUB : KnownModel.State.LOCAL);
      } catch (ModelFormatException e) {
        survey.problems().add(String.valueOf(e.getMessage()));
      }
    }
    hub.forEach(entry -> survey.add(entry.card(), KnownModel.State.HUB));
    return survey;
  }

  /** Those of the {@link #problems} that this method has not returned before. */
  public synchronized List<String> newProblems() {
    return problems().stream().filter(told::add).toList();
  }

  /** All models, those that are at hand first. */
  public List<KnownModel> list() {
    return List.copyOf(survey().models().values());
  }

  /** One line for each card in a mirror or the data home that cannot be used. */
  public List<String> problems() {
    return survey().problems();
  }

  /**
   * The model of that name.
   *
   * @throws NoSuchElementException if there is none; the message names those that are near
   */
  public KnownModel find(String id) {
    Survey survey = survey();
    KnownModel model = survey.models().get(id);
    if (model == null) {
      throw new UnknownNameException(unknown(id, survey));
    }
    return model;
  }

  private static String unknown(String id, Survey survey) {
    Set<String> ids = survey.models().keySet();
    String hint = DidYouMean.hint(ids, id);
    return "there is no model \"%s\"%s%s"
        .formatted(
            id,
            hint.isEmpty() ? "; the models are " + String.join(", ", ids) : hint,
            survey.problems().isEmpty()
                ? ""
                : " (not usable: " + String.join("; ", survey.problems()) + ")");
  }

  /** Whether a text names a file and not a known model: it has a folder or a file's ending. */
  public static boolean isPath(String idOrPath) {
    String text = idOrPath.toLowerCase(Locale.ROOT);
    return text.contains("/")
        || text.contains("\\")
        || text.endsWith(".onnx")
        || text.endsWith(".safetensors");
  }

  /** The card that lies beside a file: {@code NAME.card.json} beside {@code NAME.onnx}. */
  public static Optional<ModelCard> cardBeside(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    Path card = file.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + CARD);
    return Files.isRegularFile(card) ? Optional.of(ModelCard.read(card)) : Optional.empty();
  }

  /**
   * The file of a known model, fetched if need be, or a file with a card beside it.
   *
   * @param idOrPath a model's name, or a path as {@link #isPath} knows it
   * @throws NoSuchElementException if there is no such model
   * @throws FetchException if the file cannot be fetched, or is not what its card says
   * @throws ModelFormatException if a path has no file or no card beside it
   */
  public ModelFile locate(String idOrPath, ByteProgress progress) {
    return found(idOrPath, progress).foundIn(home);
  }

  private ModelFile found(String idOrPath, ByteProgress progress) {
    if (isPath(idOrPath)) {
      ModelFile file = besideItsCard(Path.of(idOrPath));
      home.check(
          Path.of(idOrPath), file.card().sha256(), "the file is not the one its card describes");
      return file;
    }
    KnownModel model = find(idOrPath);
    ModelCard card = model.card();
    return switch (model.state()) {
      case EMBEDDED -> embedded.file(card);
      case MIRROR -> atHand(card, home.inMirror(FOLDER + card.file(), card.sha256()));
      case LOCAL -> atHand(card, home.inHome(FOLDER + card.file(), card.sha256()));
      case HUB -> pull(card, progress);
    };
  }

  /**
   * What can be had without a data home: a model that comes with the library, or a file with a card
   * beside it.
   *
   * @throws NoSuchElementException if there is no such model
   * @throws ModelFormatException if a path has no file or no card beside it
   */
  public static ModelFile locateWithoutHome(String idOrPath) {
    if (isPath(idOrPath)) {
      return besideItsCard(Path.of(idOrPath));
    }
    Embedded library = new Embedded(LIBRARY);
    return library.cards().stream()
        .filter(card -> card.name().equals(idOrPath))
        .findFirst()
        .map(library::file)
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "no model \"%s\" comes with the library%s"
                        .formatted(
                            idOrPath,
                            DidYouMean.hint(
                                library.cards().stream().map(ModelCard::name).toList(),
                                idOrPath))));
  }

  private static ModelFile atHand(ModelCard card, Optional<Path> file) {
    return ModelFile.of(
        file.orElseThrow(
            () ->
                new ModelFormatException(
                    card.file(),
                    "the file of the model %s is missing beside its card".formatted(card.name()))),
        card);
  }

  private static ModelFile besideItsCard(Path path) {
    ModelFile.ensureFile(path);
    ModelCard card =
        cardBeside(path)
            .orElseThrow(
                () ->
                    new ModelFormatException(
                        path.toString(),
                        "there is no card beside it; give its preprocessing as options"));
    return ModelFile.of(path, card);
  }

  private ModelFile pull(ModelCard card, ByteProgress progress) {
    Hub.Entry entry =
        hub.stream()
            .filter(e -> e.card().name().equals(card.name()))
            .findFirst()
            .or(() -> Hub.Entry.named(card))
            .orElseThrow();
    Path file = home.fetchExactly(entry.file(), download, progress);
    if (file.startsWith(home.folder())) {
      home.write(FOLDER + card.name() + CARD, bytes(card));
    }
    return ModelFile.of(file, card);
  }

  /**
   * Copies a file into the data home, so that it can be used by its card's name from then on.
   * Weights that lie in other files of its folder become part of the copy. Labels that the card has
   * in a file are read from the folder of {@code file}.
   *
   * @throws IllegalArgumentException if there is already a model of that name
   * @throws ModelFormatException if there is no such file, or its labels do not fit
   */
  public ModelFile add(Path file, ModelCard card) {
    KnownModel known = survey().models().get(card.name());
    if (known != null) {
      throw new InputException(
          "there is already a model \"%s\" (%s); choose another name%s"
              .formatted(
                  card.name(),
                  known.state().name().toLowerCase(Locale.ROOT),
                  known.state() == KnownModel.State.LOCAL ? ", or remove it first" : ""));
    }
    Labels labels = ModelFile.of(file, card).labels();
    String name = String.valueOf(file.getFileName());
    String ending = name.lastIndexOf('.') < 0 ? ".onnx" : name.substring(name.lastIndexOf('.'));
    String copyName = card.name() + ending;
    Path copy =
        ExternalData.embedded(file)
            .map(whole -> home.write(FOLDER + copyName, whole))
            .orElseGet(() -> home.copyIn(file, FOLDER + copyName));
    try {
      ModelCard copied = card.withFile(copyName, Sha256.of(copy), Files.size(copy));
      if (card.labels() instanceof LabelSource.TextFile) {
        copied = copied.withLabels(new LabelSource.Inline(labels.lines()));
      }
      home.write(FOLDER + card.name() + CARD, bytes(copied));
      return ModelFile.of(copy, copied);
    } catch (IOException | RuntimeException e) {
      home.remove(FOLDER + copyName);
      throw e instanceof RuntimeException unchecked
          ? unchecked
          : new FetchException("cannot read %s: %s".formatted(copy, e.getMessage()));
    }
  }

  /**
   * Removes a model from the data home. One that came from the hub can be pulled again.
   *
   * @throws NoSuchElementException if there is no model of that name
   * @throws IllegalArgumentException if it does not lie in the data home
   */
  public void remove(String id) {
    for (Path path : home.list(FOLDER, CARD)) {
      if (String.valueOf(path.getFileName()).equals(id + CARD)) {
        network(path).forEach(file -> home.remove(FOLDER + file));
        home.remove(FOLDER + id + CARD);
        return;
      }
    }
    throw new InputException(
        "\"%s\" (%s) is not in %s; only what lies there can be removed"
            .formatted(id, find(id).state().name().toLowerCase(Locale.ROOT), home.models()));
  }

  /** The file of the network that a card names; where that cannot be read, those of its name. */
  private List<String> network(Path card) {
    try {
      return List.of(ModelCard.read(card).file());
    } catch (ModelFormatException e) {
      String name = String.valueOf(card.getFileName()).replace(CARD, ".");
      return home.list(FOLDER, "").stream()
          .map(path -> String.valueOf(path.getFileName()))
          .filter(file -> file.startsWith(name) && file.indexOf('.', name.length()) < 0)
          .toList();
    }
  }

  private static byte[] bytes(ModelCard card) {
    return (card.toJson() + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
