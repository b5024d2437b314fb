package io.adversight.cluster;

import io.adversight.data.Labels;
import io.adversight.graph.onnx.ExternalData;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.home.Sha256;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.tensor.Device;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * How a task finds the network. One that comes with Adversight is in the job's jar; the file of any
 * other is broadcast, so that it comes once to each executor. (Files added to a Spark context do
 * not: a query's tasks see those of their own session only.) Two references are equal if they name
 * the same network.
 *
 * @param name of the network
 * @param sha256 of its file
 * @param card its card as JSON, with the labels in it
 * @param ending of the file's name, which says its format
 * @param file its bytes; null if the network comes with Adversight
 */
public record NetworkReference(
    String name, String sha256, String card, String ending, @Nullable Broadcast<byte[]> file)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What an array of bytes holds. */
  private static final long LARGEST = (1L << 31) - (1 << 20);

  private static final Map<NetworkReference, GraphClassifier> OPEN = new ConcurrentHashMap<>();

  /**
   * Finds a network, and hands out its file to the executors.
   *
   * @param idOrPath as every command takes it
   */
  public static NetworkReference of(String idOrPath, DataHome home, SparkContext spark) {
    ModelFile found = new Models(home).locate(idOrPath, ByteProgress.NONE);
    if (found.path().isEmpty()) {
      ModelCard card = found.card();
      return new NetworkReference(card.name(), card.sha256(), card.toJson(), "", null);
    }
    try {
      return handedOut(found, found.path().get(), spark);
    } catch (IOException e) {
      throw new UncheckedIOException("the network %s cannot be read".formatted(idOrPath), e);
    }
  }

  private static NetworkReference handedOut(ModelFile found, Path path, SparkContext spark)
      throws IOException {
    if (Files.size(path) > LARGEST) {
      throw new InputException(
          "%s has %s MB; a cluster takes networks of at most %s MB"
              .formatted(path, Files.size(path) >> 20, LARGEST >> 20));
    }
    byte[] whole = ExternalData.embedded(path).orElse(null);
    byte[] bytes = whole == null ? Files.readAllBytes(path) : whole;
    String sha256 = Sha256.of(bytes);
    Labels labels = found.labels();
    ModelCard card =
        found
            .card()
            .withFile(sha256 + ending(path), sha256, bytes.length)
            .withLabels(new LabelSource.Inline(labels.lines()));
    return new NetworkReference(
        card.name(),
        sha256,
        card.toJson(),
        ending(path),
        JavaSparkContext.fromSparkContext(spark).broadcast(bytes));
  }

  private static String ending(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.endsWith(".safetensors") ? ".safetensors" : ".onnx";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NetworkReference that
        && name.equals(that.name)
        && sha256.equals(that.sha256)
        && card.equals(that.card);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, sha256, card);
  }

  /**
   * The network, opened once in each Java process.
   *
   * @throws InputException if the file that arrived is not the one that was handed out
   */
  public GraphClassifier open() {
    return OPEN.computeIfAbsent(this, NetworkReference::read);
  }

  private GraphClassifier read() {
    if (file == null) {
      return ModelReader.open(Models.locateWithoutHome(name), Device.CPU);
    }
    byte[] bytes = file.value();
    String there = Sha256.of(bytes);
    if (!there.equals(sha256)) {
      throw new InputException(
          "the network %s: expected SHA-256 %s, but it has %s".formatted(name, sha256, there));
    }
    try {
      Path folder = Path.of(SparkFiles.getRootDirectory());
      Path path = Files.createTempFile(folder, "network", ending);
      Files.write(path, bytes);
      return ModelReader.open(ModelFile.of(path, ModelCard.parse(card, name)), Device.CPU);
    } catch (IOException e) {
      throw new UncheckedIOException("the network %s cannot be written".formatted(name), e);
    }
  }
}
