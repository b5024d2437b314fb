package io.adversight.cli;

import io.adversight.input.InputException;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The Java process in which a job's driver runs: Spark is on its class path, and not on that of the
 * other commands.
 *
 * @param folder holds {@code adversight-cluster-job.jar}, and Spark's jars in {@code spark}
 */
record JobProcess(Path folder) {
  private static final String JAR = "adversight-cluster-job.jar";
  private static final String PLACE = "adversight.cluster";

  /** What Spark reaches of the JDK: the list of its JavaModuleOptions. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  /**
   * The process with the jars that the property {@code adversight.cluster} names, or that lie in
   * the folder {@code cluster} beside the program.
   *
   * @throws InputException if they are not there
   */
  static JobProcess found() {
    Optional<Path> place =
        Optional.ofNullable(System.getProperty(PLACE)).map(Path::of).or(JobProcess::besideProgram);
    return place
        .filter(folder -> Files.isRegularFile(folder.resolve(JAR)))
        .map(JobProcess::new)
        .orElseThrow(
            () ->
                new InputException(
                    "%s is not there; start the command by the script adversight of a checkout, which"
                            .formatted(place.map(p -> p.resolve(JAR).toString()).orElse(JAR))
                        + " builds it, or name its folder with -D"
                        + PLACE
                        + "=FOLDER"));
  }

  private static Optional<Path> besideProgram() {
    CodeSource source = JobProcess.class.getProtectionDomain().getCodeSource();
    try {
      return source == null
          ? Optional.empty()
          : Optional.of(Path.of(source.getLocation().toURI()).resolveSibling("cluster"));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Runs a job's driver to its end, and returns its exit code. */
  int run(String master, Map<String, String> conf, List<String> words, PrintWriter err) {
    err.flush();
    List<String> command = command(master, conf, words);
    try {
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      // One thread for each task: its cores are Spark's to share out.
      builder.environment().put("OMP_NUM_THREADS", conf.getOrDefault("spark.task.cpus", "1"));
      Process process = builder.start();
      Thread stop = new Thread(process::destroy);
      Runtime.getRuntime().addShutdownHook(stop);
      int code = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(stop);
      return code;
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be started".formatted(command.get(0)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /** The words of the command that starts the driver. */
  List<String> command(String master, Map<String, String> conf, List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    OPENED.forEach(name -> command.add("--add-opens=java.base/%s=ALL-UNNAMED".formatted(name)));
    command.add("-Djava.awt.headless=true");
    command.add("-Djdk.reflect.useDirectMethodHandle=false");
    command.add("-Dio.netty.tryReflectionSetAccessible=true");
    command.add("-Dlog4j2.configurationFile=io/adversight/cluster/log4j2.properties");
    String memory = conf.get("spark.driver.memory");
    if (memory != null) {
      command.add("-Xmx" + memory);
    }
    command.add("-Dspark.master=" + master);
    Path jar = folder.resolve(JAR).toAbsolutePath();
    if (master.startsWith("local")) {
      command.add("-Dspark.ui.enabled=false");
      command.add("-Dspark.driver.host=127.0.0.1");
      command.add("-Dspark.driver.bindAddress=127.0.0.1");
    } else {
      command.add("-Dspark.jars=" + jar.toUri());
    }
    conf.forEach((key, value) -> command.add("-D%s=%s".formatted(key, value)));
    command.add("-cp");
    command.add(jar + File.pathSeparator + spark());
    command.add("io.adversight.cluster.ClusterMain");
    command.addAll(words);
    return command;
  }

  /** The jars of the installed Spark that {@code SPARK_HOME} names, else those beside the job's. */
  private String spark() {
    String home = System.getenv().getOrDefault("SPARK_HOME", "");
    Path jars = home.isBlank() ? folder.resolve("spark") : Path.of(home, "jars");
    if (!Files.isDirectory(jars)) {
      throw new InputException("Spark's jars are not in %s".formatted(jars.toAbsolutePath()));
    }
    return jars.toAbsolutePath() + File.separator + "*";
  }
}
