package io.adversight.mutation;

import io.adversight.graph.OnnxFuzz;
import io.adversight.model.SafetensorsFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs Jazzer, which must be on the class path, on every reader in turn: {@code mvn -Pfuzz}. Inputs
 * that reached something new are kept in {@code target/fuzz}, and a finding's input beside them, so
 * that the next run goes on from there.
 */
public final class Fuzz {
  private static final Path FOLDER = Path.of("target", "fuzz");

  /**
   * A class with a method {@code fuzzerTestOneInput(byte[])}.
   *
   * @param seeds valid inputs
   */
  private record Target(Class<?> type, List<byte[]> seeds) {}

  private Fuzz() {}

  /** Takes the minutes that each reader is given. */
  public static void main(String... args) throws IOException, InterruptedException {
    int seconds = (int) Math.round(60 * Double.parseDouble(args[0]));
    boolean found = false;
    for (Target target :
        List.of(
            new Target(OnnxFuzz.class, OnnxFuzz.seeds()),
            new Target(SafetensorsFuzz.class, SafetensorsFuzz.seeds()))) {
      found |= !isClean(target, seconds);
    }
    if (found) {
      System.exit(1);
    }
  }

  private static boolean isClean(Target target, int seconds)
      throws IOException, InterruptedException {
    String name = target.type().getSimpleName();
    Path corpus = Files.createDirectories(FOLDER.resolve(name));
    for (int i = 0; i < target.seeds().size(); i++) {
      Files.write(corpus.resolve("seed-" + i), target.seeds().get(i));
    }
    Process jazzer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.type().getName(),
                "--instrumentation_includes=io.adversight.**",
                "--reproducer_path=" + FOLDER,
                "-artifact_prefix=" + FOLDER + "/" + name + "-",
                "-max_total_time=" + seconds,
                "-timeout=30",
                "-rss_limit_mb=6000",
                corpus.toString())
            .inheritIO()
            .start();
    return jazzer.waitFor() == 0;
  }
}
