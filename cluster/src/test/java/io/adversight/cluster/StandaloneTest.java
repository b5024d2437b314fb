package io.adversight.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.model.Models;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real cluster: a standalone master and two workers, each a Java process of its own, of the jars
 * on the class path. The workers have addresses of their own, so that Spark may run speculative
 * copies of tasks.
 */
class StandaloneTest {
  /** Small here; docs/cluster.md has the command for 2,000 images. */
  private static final String SPEC =
      """
      {"model": "%s", "images": "%s", "batch": 4, "partSize": %s, "seed": 3,
       "attacks": [{"id": "pgd", "parameters": {"steps": "%s"}}], "epsilons": ["%s"],
       "methods": ["grad-cam"]}
      """
          .formatted(
              "%s",
              System.getProperty("cluster.images", "drawn-digits:0-31"),
              System.getProperty("cluster.partSize", "4"),
              System.getProperty("cluster.steps", "40"),
              System.getProperty("cluster.epsilon", "0.2"));

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stop() {
    processes.forEach(StandaloneTest::kill);
  }

  @Test
  void aWorkerThatIsKilledInTheMiddleCostsNoRowAndDoublesNone() throws Exception {
    Jobs jobs = new Jobs(folder);
    String network = System.getProperty("cluster.model", file("digits"));
    String spec = SPEC.formatted(network);
    Path direct = jobs.done(spec, "direct");

    int port = freePort();
    String master = "spark://127.0.0.1:" + port;
    start("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "" + port);
    await(port);
    Process first = worker("127.0.0.1", master);
    worker("127.0.0.2", master);
    Path out = folder.resolve("out");
    Process job =
        start(
            "io.adversight.cluster.ClusterMain",
            "run",
            jobs.spec(spec).toString(),
            "--out",
            out.toString(),
            "master=" + master);
    while (files(out) < 2 && job.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(job.isAlive()).as(log()).isTrue();
    kill(first);
    assertThat(job.waitFor(5, TimeUnit.MINUTES)).as(log()).isTrue();
    assertThat(job.exitValue()).as(log()).isZero();

    List<Row> rows = Jobs.rows(out).collectAsList();
    assertThat(rows.stream().map(StandaloneTest::withoutTime))
        .isEqualTo(
            Jobs.rows(direct).collectAsList().stream().map(StandaloneTest::withoutTime).toList());
  }

  /** An embedded network as a file, which the executors have to be sent. */
  private String file(String network) throws IOException {
    for (String name : List.of(network + ".onnx", network + ".card.json")) {
      try (InputStream in = Models.class.getResourceAsStream("/io/adversight/models/" + name)) {
        Files.copy(in, folder.resolve(name));
      }
    }
    return folder.resolve(network + ".onnx").toString();
  }

  private static String withoutTime(Row row) {
    return row.json().replaceAll("\"seconds\":[^,}]+", "");
  }

  private Process worker(String host, String master) throws IOException {
    return start(
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        host,
        "--cores",
        "1",
        "--memory",
        "1g",
        "--webui-port",
        "0",
        "-d",
        folder.resolve("work-" + host).toString(),
        master);
  }

  /** Starts a main class with the class path of the tests. */
  private Process start(String main, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().strip().split("\\s+")));
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    List<String> arguments = new ArrayList<>();
    for (String word : words) {
      if (word.startsWith("master=")) {
        command.addAll(settings(word.substring("master=".length())));
      } else {
        arguments.add(word);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", home().toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("ADVERSIGHT_HOME", folder.resolve("home").toString());
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(logFile()));
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static List<String> settings(String master) {
    return List.of(
        "-Dspark.master=" + master,
        "-Dspark.ui.enabled=false",
        "-Dspark.driver.host=127.0.0.1",
        "-Dspark.executor.memory=600m",
        "-Dspark.executor.cores=1",
        "-Dspark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "-Dspark.executor.extraClassPath=" + System.getProperty("java.class.path"),
        "-Dspark.sql.shuffle.partitions=2",
        "-Dspark.speculation=true",
        "-Dspark.speculation.interval=100ms",
        "-Dspark.speculation.multiplier=1.1",
        "-Dspark.speculation.quantile=0.1");
  }

  /** What a worker takes for an installed Spark: a folder with its jars. */
  private Path home() throws IOException {
    Path home = folder.resolve("spark");
    Path jars = home.resolve("jars");
    if (!Files.exists(jars)) {
      Files.createDirectories(jars);
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        if (entry.endsWith(".jar") && Arrays.stream(entry.split("/", -1)).anyMatch("org"::equals)) {
          Path jar = Path.of(entry).toAbsolutePath();
          Files.createSymbolicLink(jars.resolve(String.valueOf(jar.getFileName())), jar);
        }
      }
    }
    return home;
  }

  private static int files(Path out) throws IOException {
    Path rows = out.resolve("rows");
    if (!Files.exists(rows)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(rows)) {
      return (int) files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  private File logFile() {
    return folder.resolve("log").toFile();
  }

  private String log() throws IOException {
    return Files.readString(logFile().toPath());
  }

  /** Ends a process and those that it started, at once. */
  private static void kill(Process process) {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(int port) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }
}
