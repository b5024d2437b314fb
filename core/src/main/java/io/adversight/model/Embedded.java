package io.adversight.model;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The models inside the library: resources in one folder, named by its {@code index.txt}. */
final class Embedded {
  private final String folder;

  Embedded(String folder) {
    this.folder = folder;
  }

  /** The cards of all models of the index. */
  List<ModelCard> cards() {
    try {
      return new BufferedReader(new InputStreamReader(open("index.txt"), StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(id -> card(id.strip()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ModelCard card(String id) {
    String name = id + ".card.json";
    try {
      return ModelCard.parse(new String(read(name), StandardCharsets.UTF_8), folder + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of a model; its labels are built in or part of the card. */
  ModelFile file(ModelCard card) {
    return new ModelFile(
        card, card.labels().load(Path.of(""), card.classes()), () -> read(card.file()));
  }

  private byte[] read(String name) throws IOException {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    }
  }

  private InputStream open(String name) throws IOException {
    InputStream in = Embedded.class.getResourceAsStream(folder + name);
    if (in == null) {
      throw new FileNotFoundException("the resource " + folder + name + " is missing");
    }
    return in;
  }
}
