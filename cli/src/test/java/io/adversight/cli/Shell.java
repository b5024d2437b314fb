package io.adversight.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the program with a data home of its own. */
final class Shell {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Path folder;

  Shell(Path folder) {
    this.folder = folder;
  }

  /** What a command printed, and how it ended. */
  record Outcome(int code, String out, String err) {
    JsonNode json() {
      return MAPPER.readTree(out);
    }
  }

  Outcome run(Object... words) {
    String[] args = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      args[i] = String.valueOf(words[i]);
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Map<String, String> environment = Map.of("ADVERSIGHT_HOME", folder.resolve("home").toString());
    int code = Main.run(environment, new PrintWriter(out), new PrintWriter(err), args);
    return new Outcome(code, out.toString(), err.toString());
  }

  static JsonNode json(Path file) {
    return MAPPER.readTree(file.toFile());
  }
}
