package io.adversight.model;

import io.adversight.home.RemoteFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * ImageNet classifiers of the ONNX Model Zoo, as they were at one commit of its repository. GitHub
 * serves the large files of that repository no more; copies lie on the Hugging Face hub.
 */
final class Hub {
  private static final String COMMIT = "b1eeaa1ac722dcc1cd1a8284bde34393dab61c3d";
  private static final String ZOO = "https://huggingface.co/onnxmodelzoo/";
  private static final Pattern ADDRESS = Pattern.compile("https?://[\\w.:/?=&~+@,-]+");
  private static final int CLASSES = 1000;

  private Hub() {}

  /** A model of the hub: its card, and where its file is. */
  record Entry(ModelCard card, RemoteFile file) {
    /** The model of a card that says where its file is, how long, and with which checksum. */
    static Optional<Entry> named(ModelCard card) {
      boolean told = ADDRESS.matcher(card.source()).matches() && !card.sha256().isEmpty();
      return told && card.bytes() > 0
          ? Optional.of(
              new Entry(
                  card,
                  new RemoteFile(
                      "models/" + card.file(),
                      List.of(URI.create(card.source())),
                      card.sha256(),
                      card.bytes())))
          : Optional.empty();
    }
  }

  /** All models of the hub. */
  static List<Entry> entries() {
    try (InputStream in = Hub.class.getResourceAsStream("hub.tsv")) {
      if (in == null) {
        throw new IllegalStateException("the resource hub.tsv is missing");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .skip(1)
          .map(line -> entry(line.split("\t", -1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Preprocessing preprocessing(String[] columns) {
    return new Preprocessing(
        ChannelOrder.valueOf(columns[6]),
        Double.parseDouble(columns[7]),
        numbers(columns[8]),
        numbers(columns[9]));
  }

  /** id, title, path, sha256, bytes, size, channels, range, mean, std, output, note. */
  private static Entry entry(String[] columns) {
    String id = columns[0];
    String path = columns[2];
    long bytes = Long.parseLong(columns[4]);
    int size = Integer.parseInt(columns[5]);
    ModelCard card =
        new ModelCard(
            id,
            new WeightsFile(id + ".onnx", columns[3], bytes, ""),
            new InputSpec(
                new Input(3, size, size),
                preprocessing(columns),
                InputResize.usualCentreCrop(size)),
            new OutputSpec(
                OutputKind.valueOf(columns[10].toUpperCase(Locale.ROOT)),
                "",
                CLASSES,
                new LabelSource.BuiltIn("imagenet-1k")),
            new ModelDescription(
                columns[1],
                Map.of(),
                "github.com/onnx/models at commit %s: %s".formatted(COMMIT, path),
                "",
                columns[11],
                ""));
    return new Entry(
        card, new RemoteFile("models/" + card.file(), sources(path), columns[3], bytes));
  }

  /**
   * Where a file may be, in the order in which the addresses are tried: in a repository of its own,
   * in the one of all older files, and where it was at first.
   *
   * @param path in the repository github.com/onnx/models
   */
  static List<URI> sources(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    String name = file.substring(0, file.length() - ".onnx".length());
    return Stream.of(
            ZOO + name + "/resolve/main/" + file,
            ZOO + "legacy_models/resolve/main/" + path,
            "https://github.com/onnx/models/raw/" + COMMIT + "/" + path)
        .map(URI::create)
        .toList();
  }

  private static List<Double> numbers(String text) {
    return Stream.of(text.split(" ", -1)).map(Double::valueOf).toList();
  }
}
