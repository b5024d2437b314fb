package io.adversight.report.robustness;

import io.adversight.attack.Outcome;
import io.adversight.input.InputException;
import io.adversight.report.CheckedJson;
import io.adversight.report.format.OutcomeJson;
import io.adversight.study.Algorithm;
import io.adversight.study.robustness.RobustnessStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A measurement's results as they come, in files of one JSON object a line that only grow. A line
 * carries a checksum; one that was not finished, or was damaged since, is done again.
 */
public final class RobustnessJournal implements RobustnessStore {
  private final Path folder;
  private final List<Clean> clean;
  private final Map<Algorithm, List<Outcome>> outcomes = new HashMap<>();
  private final StageFiles stages;

  /** The journal in a folder, which need not exist yet. */
  public RobustnessJournal(Path folder) {
    this.folder = folder;
    this.stages = new StageFiles(folder.resolve("stages"));
    this.clean = read(cleanFile(), OutcomeJson::clean, Clean::image);
  }

  private Path cleanFile() {
    return folder.resolve("images.jsonl");
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
  public void addClean(List<Clean> images) {
    append(cleanFile(), images.stream().map(OutcomeJson::of).toList());
    clean.addAll(images);
  }

  /** Whether nothing but images as they are is known. */
  boolean isEmpty() {
    return outcomes.values().stream().allMatch(List::isEmpty) && stages.isEmpty();
  }

  @Override
  public List<Outcome> outcomes(Algorithm attack) {
    return List.copyOf(known(attack));
  }

  private List<Outcome> known(Algorithm attack) {
    return outcomes.computeIfAbsent(
        attack, a -> read(file(a), OutcomeJson::outcome, o -> List.of(o.image(), o.epsilon())));
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

  /**
   * The lines of a file. The last one is cut off if it is not whole; lines that were damaged, or
   * that say again what one before says, do not count.
   *
   * @param key what a row is about
   */
  static <T> List<T> read(Path file, Function<JsonNode, T> line, Function<T, Object> key) {
    if (!Files.exists(file)) {
      return new ArrayList<>();
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      if (end < bytes.length) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(end);
        }
      }
      Map<Object, T> rows = new LinkedHashMap<>();
      new String(bytes, 0, end, StandardCharsets.UTF_8)
          .lines()
          .flatMap(text -> row(text, line).stream())
          .forEach(row -> rows.putIfAbsent(key.apply(row), row));
      return new ArrayList<>(rows.values());
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(file), e);
    }
  }

  /** What a line says; empty if it is not one of this program's. */
  private static <T> Optional<T> row(String text, Function<JsonNode, T> line) {
    try {
      return CheckedJson.read(text).map(line);
    } catch (JacksonException | InputException e) {
      return Optional.empty();
    }
  }

  static void append(Path file, List<ObjectNode> rows) {
    String text =
        rows.stream().map(row -> CheckedJson.line(row) + "\n").collect(Collectors.joining());
    try {
      Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(file));
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be written".formatted(file), e);
    }
  }
}
