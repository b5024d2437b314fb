package io.adversight.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.DataSets;
import io.adversight.home.DataHome;
import io.adversight.metric.similarity.Spearman;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.report.format.SpecJson;
import io.adversight.run.Progress;
import io.adversight.study.Study;
import io.adversight.study.image.DataSetImage;
import io.adversight.study.image.InputImage;
import io.adversight.tensor.Device;
import io.adversight.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job gives what a study on one machine gives, however its images are cut into parts. */
class PartitioningTest {
  private static final int IMAGES = 14;
  private static final String SPEC =
      """
      {"model": "digits", "images": "drawn-digits:0-13", "batch": 2, "seed": 5,
       "attacks": [{"id": "pgd", "parameters": {"steps": "3"}}], "epsilons": [0.1, 0.3],
       "rounding": true, "methods": ["grad-cam", {"id": "smooth-grad", "parameters": {"samples": "3"}}]}
      """;

  @TempDir private static Path folder;
  private static List<ImageRow> study;

  @BeforeAll
  static void studyOnOneMachine() {
    GraphClassifier digits = ModelReader.open(Models.locateWithoutHome("digits"), Device.CPU);
    var set = DataSets.find("drawn-digits", new DataHome(folder, List.of()));
    List<InputImage> images =
        IntStream.range(0, IMAGES)
            .mapToObj(i -> new DataSetImage(set, i).read(digits.card(), digits.labels()))
            .toList();
    Study plain = new Study(SpecJson.study(Json.MAPPER.readTree(SPEC)), digits);
    StudyWork numbers =
        new StudyWork(plain, List.of(new StudyWork.NamedSimilarity("spearman", new Spearman())));
    study = new ArrayList<>();
    plain.run(
        images, result -> study.add(numbers.row(result)), Progress.SILENT, new AtomicBoolean());
    study.sort(Comparator.comparing(ImageRow::name));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void theRowsAreThoseOfAStudyOnOneMachine(int parts) throws Exception {
    Path out =
        new Jobs(folder)
            .done(
                SPEC,
                "parts-" + parts,
                "--part-size",
                Integer.toString((IMAGES + parts - 1) / parts));
    List<Row> rows = Jobs.rows(out).collectAsList();
    assertThat(rows).hasSize(IMAGES);
    assertThat(rows.stream().map(row -> row.getInt(1)).distinct()).hasSize(parts);
    for (int i = 0; i < IMAGES; i++) {
      assertThat(withoutTime(rows.get(i))).isEqualTo(withoutTime(study.get(i)));
    }
    assertThat(Jobs.session().sql(queryOfThePage(out)).collectAsList()).hasSize(2);
    assertThat(out.resolve("report.html")).content().contains("Grad-CAM", "0.3");
  }

  /** The query that docs/cluster.md shows, for these results. */
  private static String queryOfThePage(Path out) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "cluster.md"));
    int start = page.indexOf("```sql") + "```sql".length();
    return page.substring(start, page.indexOf("```", start)).replace("my-job", out.toString());
  }

  /** The text of a row without its part and the seconds of its attacks. */
  private static String withoutTime(Row row) {
    return row.json().replaceAll("\"part\":\\d+,", "").replaceAll("\"seconds\":[^,}]+", "");
  }

  /** The same of a row that no table has held. */
  private static String withoutTime(ImageRow row) {
    return withoutTime(
        Jobs.session()
            .createDataFrame(List.of(row.row(0)), ImageRow.SCHEMA)
            .collectAsList()
            .get(0));
  }
}
