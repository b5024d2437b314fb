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
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;

/**
 * How a task finds the network. One that comes with Adversight is in the job's jar; the file of any
 * other is handed out by Spark, once to each executor.
 *
 * @param name of the network
 * @param sha256 of its file
 * @param card its card as JSON, with the labels in it
 * @param file its name among the files of the job; empty if it comes with Adversight
 */
public record NetworkReference(String name, String sha256, String card, String file)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Map<String, GraphClassifier> OPEN = new ConcurrentHashMap<>();

  /**
   * Finds a network, and hands out its file to the executors.
   *
   * @param idOrPath as every command takes it
   */
  public static NetworkReference of(String idOrPath, DataHome home, SparkContext spark) {
    ModelFile found = new Models(home).locate(idOrPath, ByteProgress.NONE);
    if (found.path().isEmpty()) {
      ModelCard card = found.card();
      return new NetworkReference(card.name(), card.sha256(), card.toJson(), "");
    }
    try {
      return handedOut(found, found.path().get(), spark);
    } catch (IOException e) {
      throw new UncheckedIOException("the network %s cannot be read".formatted(idOrPath), e);
    }
  }

  private static NetworkReference handedOut(ModelFile found, Path path, SparkContext spark)
      throws IOException {
    byte[] whole = ExternalData.embedded(path).orElse(null);
    byte[] bytes = whole == null ? Files.readAllBytes(path) : whole;
    String sha256 = Sha256.of(bytes);
    String name = sha256 + ending(path);
    Path copy = Files.createTempDirectory("adversight-network").resolve(name);
    Files.write(copy, bytes);
    copy.toFile().deleteOnExit();
    spark.addFile(copy.toUri().toString());
    Labels labels = found.labels();
    ModelCard card =
        found
            .card()
            .withFile(name, sha256, bytes.length)
            .withLabels(new LabelSource.Inline(labels.lines()));
    return new NetworkReference(card.name(), sha256, card.toJson(), name);
  }

  private static String ending(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.endsWith(".safetensors") ? ".safetensors" : ".onnx";
  }

  /**
   * The network, opened once in each Java process.
   *
   * @throws InputException if the file that arrived is not the one that was handed out
   */
  public GraphClassifier open() {
    return OPEN.computeIfAbsent(name + " " + sha256, key -> read());
  }

  private GraphClassifier read() {
    if (file.isEmpty()) {
      return ModelReader.open(Models.locateWithoutHome(name), Device.CPU);
    }
    Path path = Path.of(SparkFiles.get(file));
    try {
      String there = Sha256.of(path);
      if (!there.equals(sha256)) {
        throw new InputException(
            "%s: expected SHA-256 %s, but it has %s".formatted(path, sha256, there));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read", e);
    }
    return ModelReader.open(ModelFile.of(path, ModelCard.parse(card, name)), Device.CPU);
  }
}
