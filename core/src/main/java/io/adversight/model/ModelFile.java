package io.adversight.model;

import io.adversight.data.Labels;
import io.adversight.file.IoReason;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.ImportedModel;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.home.DataHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A network's file with its card and labels, ready to be read. */
public final class ModelFile {
  private final ModelCard card;
  private final Labels labels;
  private final Content content;
  private final Optional<Path> path;
  private final Optional<DataHome> home;

  /** Where the bytes come from. */
  interface Content {
    byte[] read() throws IOException;
  }

  ModelFile(ModelCard card, Labels labels, Content content) {
    this(card, labels, content, Optional.empty(), Optional.empty());
  }

  private ModelFile(
      ModelCard card,
      Labels labels,
      Content content,
      Optional<Path> path,
      Optional<DataHome> home) {
    this.card = card;
    this.labels = labels;
    this.content = content;
    this.path = path;
    this.home = home;
  }

  /**
   * The file at {@code path}; labels that the card has in a file are read from the same folder.
   *
   * @throws ModelFormatException if there is no such file, or the labels do not fit the card
   */
  public static ModelFile of(Path path, ModelCard card) {
    ensureFile(path);
    Path folder = path.toAbsolutePath().resolveSibling("");
    return new ModelFile(
        card,
        card.labels().load(folder, card.classes()),
        () -> Files.readAllBytes(path),
        Optional.of(path),
        Optional.empty());
  }

  static void ensureFile(Path path) {
    if (Files.isDirectory(path)) {
      throw new ModelFormatException(path.toString(), "is a folder; give the .onnx file in it");
    }
    if (!Files.isRegularFile(path)) {
      throw new ModelFormatException(path.toString(), "there is no such model file");
    }
  }

  /** The same network for images of another size, where it takes them. */
  public ModelFile withInput(int height, int width) {
    return new ModelFile(card.withInput(height, width), labels, content, path, home);
  }

  /** The same file, found through a data home. */
  public ModelFile foundIn(DataHome place) {
    return new ModelFile(card, labels, content, path, Optional.of(place));
  }

  /** The data home that it was found through; empty for a file alone. */
  public Optional<DataHome> home() {
    return home;
  }

  /** Everything about the network that its file does not say. */
  public ModelCard card() {
    return card;
  }

  /** The names of its classes. */
  public Labels labels() {
    return labels;
  }

  /** Where the file lies; empty for a network that comes with the library. */
  public Optional<Path> path() {
    return path;
  }

  /**
   * The file's content.
   *
   * @throws ModelFormatException if it cannot be read
   */
  public byte[] bytes() {
    try {
      return content.read();
    } catch (IOException e) {
      throw new ModelFormatException(toString(), "cannot be read: " + IoReason.of(e));
    }
  }

  /**
   * The network; weights that the file keeps elsewhere are read from its own folder.
   *
   * @throws ModelFormatException if it cannot be read
   */
  public ImportedModel network(ImportOptions options) {
    return path.isPresent()
        ? OnnxImporter.read(path.get(), options)
        : OnnxImporter.read(bytes(), toString(), options);
  }

  /** The path, or the file's name where it has none. */
  @Override
  public String toString() {
    return path.map(Path::toString).orElse(card.file());
  }
}
