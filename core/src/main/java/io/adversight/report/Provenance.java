package io.adversight.report;

import io.adversight.model.Classifier;
import io.adversight.tensor.Device;
import io.adversight.tensor.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Where a result comes from.
 *
 * @param version of Adversight
 * @param commit it was built from; empty if that is not known
 * @param engine what computed the networks, with versions
 * @param java the virtual machine's version
 * @param device where the network was computed
 * @param threads that one operation could use
 * @param defense in front of the network, and how gradients pass it; empty if there is none
 * @param command that makes the result again, word by word
 */
public record Provenance(
    String version,
    String commit,
    String engine,
    String java,
    String device,
    int threads,
    String defense,
    List<String> command) {
  public Provenance {
    command = List.copyOf(command);
  }

  /** The provenance of results computed by this process. */
  public static Provenance of(Classifier classifier, List<String> command) {
    return of(classifier.engine(), classifier.device(), defense(classifier), command);
  }

  /** The provenance of results that this process computed with several networks, or with none. */
  public static Provenance ofProcessor(
      Collection<? extends Classifier> networks, List<String> command) {
    String engines =
        networks.stream().map(Classifier::engine).distinct().collect(Collectors.joining("; "));
    return of(engines.isEmpty() ? Engine.version() : engines, Device.CPU, "", command);
  }

  private static Provenance of(String engine, Device device, String defense, List<String> command) {
    Properties build = build();
    return new Provenance(
        build.getProperty("version", "unknown"),
        build.getProperty("commit", ""),
        engine,
        Runtime.version().toString(),
        device.toString(),
        Engine.threads(),
        defense,
        command);
  }

  /** The defence in front of a network, and how gradients pass it; empty if there is none. */
  public static String defense(Classifier classifier) {
    String defense = classifier.card().in().defense();
    return defense.isEmpty() ? "" : defense + "; gradients: " + classifier.gradients();
  }

  /** The version of Adversight. */
  public static String buildVersion() {
    return build().getProperty("version", "unknown");
  }

  private static Properties build() {
    Properties properties = new Properties();
    try (InputStream in = Provenance.class.getResourceAsStream("/io/adversight/build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
