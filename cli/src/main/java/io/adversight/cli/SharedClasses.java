package io.adversight.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs what most commands share. The start script has Java archive the classes that this loads
 * (class-data sharing), so that later starts find them ready.
 */
final class SharedClasses {
  private static final List<String> COMMANDS =
      List.of(
          "--help",
          "help attack",
          "predict --model digits drawn-digits:0",
          "attack --model digits --attack fgsm,pgd,square --queries 2 --out OUT/attack"
              + " drawn-digits:0",
          "explain --model digits --method score-cam,integrated-gradients,lrp --out OUT/explain"
              + " OUT/attack/drawn-digits-digit-0-hand-0/fgsm/adversarial.png",
          "robustness --model digits --attack fgsm --out OUT/robustness drawn-digits:0",
          "sweep --model digits --attack fgsm --count 2 --out OUT/sweep drawn-digits:0");

  private SharedClasses() {}

  /** Runs the commands in a folder that is removed afterwards; prints nothing. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("adversight-classes");
    try {
      COMMANDS.forEach(command -> run(folder, command));
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  /** The exit code of one command. */
  static int run(Path folder, String command) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    String[] words =
        Stream.of(command.split(" "))
            .map(word -> word.replace("OUT", folder.toString()))
            .toArray(String[]::new);
    Map<String, String> environment = Map.of("ADVERSIGHT_HOME", folder.resolve("home").toString());
    return Main.run(environment, nowhere, nowhere, words);
  }

  static List<String> commands() {
    return COMMANDS;
  }
}
