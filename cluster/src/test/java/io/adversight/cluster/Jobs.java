package io.adversight.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.home.DataHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Runs jobs on {@code local[2]} as a person would, and reads what they wrote. */
public final class Jobs {
  private final Path folder;

  Jobs(Path folder) {
    this.folder = folder;
  }

  /** What a job printed, and its exit code. */
  record Outcome(int code, String out, String err) {}

  /** The one session of the tests. */
  public static SparkSession session() {
    return SparkSession.builder().config(ClusterJob.configured(conf("local[2]"))).getOrCreate();
  }

  static SparkConf conf(String master) {
    return new SparkConf()
        .set("spark.master", master)
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.sql.shuffle.partitions", "2")
        // Queries over a few rows: to compile them takes longer than to run them.
        .set("spark.sql.codegen.wholeStage", "false")
        .set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .set("spark.sql.adaptive.enabled", "false");
  }

  Path spec(String json) throws IOException {
    Path file = Files.createTempFile(folder, "spec", ".json");
    Files.writeString(file, json);
    return file;
  }

  Outcome run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        ClusterMain.run(
            session(),
            JobArguments.parse(List.of(words)),
            DataHome.of(
                Map.of(
                    "ADVERSIGHT_HOME",
                    folder.resolve("home").toString(),
                    "ADVERSIGHT_MIRROR",
                    System.getenv().getOrDefault("ADVERSIGHT_MIRROR", ""))),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs a specification into a folder, which must succeed. */
  Path done(String json, String out, String... options) throws IOException {
    Path place = folder.resolve(out);
    List<String> words =
        new ArrayList<>(List.of("run", spec(json).toString(), "--out", place.toString()));
    words.addAll(List.of(options));
    Outcome outcome = run(words.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return place;
  }

  /** The rows in the order of the images. */
  static Dataset<Row> rows(Path out) {
    return session()
        .read()
        .schema(ImageRow.SCHEMA)
        .parquet(out.resolve("rows").toString())
        .orderBy("name");
  }
}
