package io.adversight.report;

import io.adversight.attack.Outcome;
import io.adversight.study.Algorithm;
import io.adversight.study.RobustnessStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A measurement's results as they come, in files of one JSON object a line that only grow: a line
 * that was not finished is cut off when the measurement goes on.
 */
final class RobustnessJournal implements RobustnessStore {
  private final Path folder;
  private final List<Clean> clean;
  private final Map<Algorithm, List<Outcome>> outcomes = new HashMap<>();
  private final StageFiles stages;

  RobustnessJournal(Path folder) {
    this.folder = folder;
    this.stages = new StageFiles(folder.resolve("stages"));
    this.clean = read(cleanFile(), OutcomeJson::clean);
  }

  private Path cleanFile() {
    return folder.resolve("pictures.jsonl");
  }

  private Path file(Algorithm attack) {
    return folder.resolve(name(attack) + ".jsonl");
  }

  /** A name for files that differs between algorithms. */
  static String name(Algorithm attack) {
    return attack.id()
        + attack.parameters().entrySet().stream()
            .map(entry -> "," + entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining())
            .replaceAll("[^A-Za-z0-9.,=_-]", "_");
  }

  @Override
  public List<Clean> clean() {
    return List.copyOf(clean);
  }

  @Override
  public void addClean(List<Clean> pictures) {
    append(cleanFile(), pictures.stream().map(OutcomeJson::of).toList());
    clean.addAll(pictures);
  }

  /** Whether nothing but pictures as they are is known. */
  boolean isEmpty() {
    return outcomes.values().stream().allMatch(List::isEmpty) && stages.isEmpty();
  }

  @Override
  public List<Outcome> outcomes(Algorithm attack) {
    return List.copyOf(known(attack));
  }

  private List<Outcome> known(Algorithm attack) {
    return outcomes.computeIfAbsent(attack, a -> read(file(a), OutcomeJson::outcome));
  }

  @Override
  public void addOutcomes(Algorithm attack, List<Outcome> more) {
    List<Outcome> known = known(attack);
    append(file(attack), more.stream().map(OutcomeJson::of).toList());
    known.addAll(more);
    stages.clear(name(attack), more.stream().map(Outcome::image).collect(Collectors.toSet()));
  }

  @Override
  public List<Stage> stages(Algorithm attack) {
    return stages.of(name(attack));
  }

  @Override
  public void addStage(Algorithm attack, Stage stage) {
    stages.add(name(attack), stage);
  }

  /** The lines of a file, the last one cut off if it is not whole. */
  static <T> List<T> read(Path file, Function<JsonNode, T> line) {
    List<T> rows = new ArrayList<>();
    if (!Files.exists(file)) {
      return rows;
    }
    try {
      String text = Files.readString(file);
      int end = text.lastIndexOf('\n') + 1;
      if (end < text.length()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(text.substring(0, end).getBytes(StandardCharsets.UTF_8).length);
        }
      }
      text.substring(0, end)
          .lines()
          .forEach(row -> rows.add(line.apply(ResultJson.MAPPER.readTree(row))));
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(file), e);
    }
  }

  static void append(Path file, List<ObjectNode> rows) {
    String text =
        rows.stream()
            .map(row -> ResultJson.MAPPER.writeValueAsString(row) + "\n")
            .collect(Collectors.joining());
    try {
      Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(file));
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be written".formatted(file), e);
    }
  }
}
