package io.adversight.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.cluster.source.DigitFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken images, stopped jobs, and what cannot be done. */
class JobFaultsTest {
  private static final String SPEC =
      "{\"model\": \"digits\", \"attacks\": [\"fgsm\"], \"epsilons\": [\"64/255\"], \"batch\": 4}";

  @TempDir private Path folder;
  private Jobs jobs;
  private Path images;

  @BeforeEach
  void storeDigits() throws IOException {
    jobs = new Jobs(folder);
    images = DigitFiles.folder(folder.resolve("images"), 16);
  }

  private Jobs.Outcome run(String out, String... options) throws IOException {
    return jobs.run(
        Stream.concat(
                Stream.of(
                    "run",
                    jobs.spec(SPEC).toString(),
                    "--images",
                    images.toString(),
                    "--part-size",
                    "4",
                    "--out",
                    folder.resolve(out).toString()),
                Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  void aBrokenImageBecomesAnErrorRow() throws IOException {
    Files.writeString(images.resolve("0/000.png"), "no image");
    Jobs.Outcome outcome = run("out", "--max-errors", "0.1");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("16 images in 4 parts, 1 error rows");
    List<Row> errors = Jobs.rows(folder.resolve("out")).where("error is not null").collectAsList();
    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).getString(0)).isEqualTo("0/000.png");
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("Images without results", "0/000.png");
  }

  @Test
  void tooManyBrokenImagesFailTheJob() throws IOException {
    Files.writeString(images.resolve("0/000.png"), "no image");
    Files.writeString(images.resolve("0/010.png"), "no image");
    Jobs.Outcome outcome = run("out");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().lines().toList()).hasSize(1);
    assertThat(outcome.err()).contains("error rows", "1 %", "--max-errors");
    assertThat(run("out", "--max-errors", "0.5").code()).isZero();
    assertThat(Jobs.rows(folder.resolve("out")).count()).isEqualTo(16);
  }

  @Test
  void aStoppedJobGoesOnWithThePartsThatAreMissing() throws IOException {
    assertThat(run("out").code()).isZero();
    List<String> all = names("out");
    Map<Path, FileTime> before = files("out");
    Path gone = before.keySet().iterator().next();
    Files.delete(gone);
    Files.delete(folder.resolve("out/report.html"));
    Jobs.Outcome outcome = run("out");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("3 of 4 parts are there already");
    assertThat(names("out")).isEqualTo(all);
    before.remove(gone);
    assertThat(files("out")).hasSize(4).containsAllEntriesOf(before);
    assertThat(folder.resolve("out/report.html")).exists();
  }

  private List<String> names(String out) {
    return Jobs.rows(folder.resolve(out)).collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** The files of rows and when each was written. */
  private Map<Path, FileTime> files(String out) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(out).resolve("rows"))) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .collect(
              Collectors.toMap(
                  file -> file,
                  file -> {
                    try {
                      return Files.getLastModifiedTime(file);
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  }));
    }
  }

  @Test
  void aFolderOfAnotherJobIsRefused() throws IOException {
    assertThat(run("out").code()).isZero();
    String before = Files.readString(folder.resolve("out/study.json"));
    isRefused(
        run("out", "--part-size", "8"),
        "holds the results of another job",
        "partSize is 4 there and 8 here");
    Files.copy(images.resolve("1/001.png"), images.resolve("1/more.png"));
    isRefused(run("out"), "the content of images differs");
    assertThat(folder.resolve("out/study.json")).content().isEqualTo(before);
    Files.createDirectories(folder.resolve("full"));
    Files.writeString(folder.resolve("full/notes.txt"), "mine");
    isRefused(run("full"), "is not empty");
    Files.writeString(folder.resolve("file"), "mine");
    isRefused(run("file"), "is a file");
  }

  private static void isRefused(Jobs.Outcome outcome, String... words) {
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().lines().toList()).hasSize(1);
    assertThat(outcome.err()).startsWith("adversight: ").contains(words);
  }

  @Test
  void wrongSpecificationsAreRefusedAndLeaveNothing() throws IOException {
    String out = folder.resolve("out").toString();
    Map<String, String> wrong =
        Map.of(
            "{", "not JSON",
            "[]", "expected an object",
            "{\"attacks\": [\"fgsm\"]}", "\"model\" must name a network",
            "{\"model\": \"digits\", \"atacks\": []}", "no field \"atacks\"",
            "{\"model\": \"digits\"}", "at least one of \"attacks\" and \"methods\"",
            "{\"model\": \"digitz\", \"attacks\": [\"fgsm\"]}", "no model \"digitz\"",
            "{\"model\": \"digits\", \"attacks\": [\"fgsn\"]}", "fgsn",
            "{\"model\": \"digits\", \"attacks\": [\"fgsm\"]}", "needs an epsilon",
            "{\"model\": \"digits\", \"kind\": \"robust\"}", "\"kind\" must be",
            "{\"model\": \"digits\", \"methods\": [\"gradient\"], \"modelSha256\": \"00\"}",
                "SHA-256 00");
    for (Map.Entry<String, String> one : wrong.entrySet()) {
      Jobs.Outcome outcome =
          jobs.run(
              "run", jobs.spec(one.getKey()).toString(), "--images", "drawn-digits", "--out", out);
      assertThat(outcome.code()).as(one.getKey() + outcome.err()).isEqualTo(2);
      assertThat(outcome.err().lines().toList()).as(one.getKey()).hasSize(1);
      assertThat(outcome.err()).contains(one.getValue());
      assertThat(Path.of(out)).doesNotExist();
    }
    isRefused(jobs.run("run", "absent.json", "--out", out), "absent.json cannot be read");
    isRefused(jobs.run("run", jobs.spec(SPEC).toString(), "--out", out), "names no images");
    isRefused(jobs.run("report", folder.toString()), "holds no results of a job");
  }
}
