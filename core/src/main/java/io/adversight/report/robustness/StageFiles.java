package io.adversight.report.robustness;

import io.adversight.attack.Epsilon;
import io.adversight.attack.StagedAttack;
import io.adversight.home.Sha256;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.report.format.OutcomeJson;
import io.adversight.study.robustness.RobustnessStore.Stage;
import io.adversight.text.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How far attacks of several stages have come, with the images that they found. */
record StageFiles(Path folder) {
  private Path lines(String attack) {
    return folder.resolve(attack).resolve("stages.jsonl");
  }

  private Path image(String attack, double epsilon, int number) {
    return folder.resolve(attack).resolve(Epsilon.fileName(epsilon) + "-" + number + ".npy");
  }

  List<Stage> of(String attack) {
    return RobustnessJournal.read(lines(attack), row -> stage(attack, row), stage -> stage).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** A stage; empty if the image that it found was damaged since. */
  private Optional<Stage> stage(String attack, JsonNode row) {
    double epsilon = Json.number(row.path("epsilon"));
    int number = row.path("image").asInt();
    Optional<Raster> found = Optional.empty();
    if (row.has("found")) {
      Path file = image(attack, epsilon, number);
      if (!hash(file).equals(Optional.of(row.path("found").asString()))) {
        return Optional.empty();
      }
      found = Optional.of(Npy.read(file));
    }
    return Optional.of(
        new Stage(
            epsilon,
            new StagedAttack.StageState(number, row.path("stages").asInt(), found),
            OutcomeJson.cost(row.path("cost"))));
  }

  private static Optional<String> hash(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Sha256.of(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(file), e);
    }
  }

  /** Whether no stage is kept. */
  boolean isEmpty() {
    return !Files.exists(folder);
  }

  void add(String attack, Stage stage) {
    StagedAttack.StageState state = stage.state();
    Path image = image(attack, stage.epsilon(), state.image());
    state.adversarial().ifPresent(found -> Npy.write(found, image));
    ObjectNode row = Json.MAPPER.createObjectNode();
    row.put("image", state.image());
    row.put("epsilon", stage.epsilon());
    row.put("stages", state.stages());
    if (state.adversarial().isPresent()) {
      row.put("found", hash(image).orElseThrow());
    }
    row.set("cost", OutcomeJson.of(stage.cost()));
    RobustnessJournal.append(lines(attack), List.of(row));
  }

  /** Forgets the stages of some images; the list of them goes first. */
  void clear(String attack, Set<Integer> images) {
    List<Stage> others =
        of(attack).stream().filter(stage -> !images.contains(stage.state().image())).toList();
    try {
      Files.deleteIfExists(lines(attack));
      if (Files.isDirectory(folder.resolve(attack))) {
        try (Stream<Path> files = Files.list(folder.resolve(attack))) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(folder.resolve(attack));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be removed".formatted(folder), e);
    }
    others.forEach(stage -> add(attack, stage));
  }
}
