package io.adversight.cluster.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.cluster.Jobs;
import io.adversight.cluster.source.DigitFiles;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.report.format.SpecJson;
import io.adversight.run.Progress;
import io.adversight.study.ImageResult;
import io.adversight.study.Study;
import io.adversight.study.image.ImageInputs;
import io.adversight.study.image.InputImage;
import io.adversight.tensor.Device;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformersTest {
  private static final int COUNT = 6;
  private static final StructType COLUMNS =
      new StructType()
          .add("id", DataTypes.IntegerType)
          .add("content", DataTypes.BinaryType)
          .add("digit", DataTypes.IntegerType);

  @TempDir private Path folder;

  /** Six digits and a cell that is no image. */
  private static Dataset<Row> digits() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      rows.add(RowFactory.create(i, DigitFiles.png(i), DigitFiles.label(i)));
    }
    rows.add(RowFactory.create(COUNT, new byte[] {1, 2, 3}, 0));
    return Jobs.session().createDataFrame(rows, COLUMNS).repartition(2);
  }

  private static List<ImageResult> study(String spec) {
    GraphClassifier digits = ModelReader.open(Models.locateWithoutHome("digits"), Device.CPU);
    List<InputImage> images = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      Raster view = ImageInputs.view(DigitFiles.digit(i), digits.card());
      images.add(new InputImage("" + i, "", "", view, OptionalInt.of(DigitFiles.label(i))));
    }
    List<ImageResult> results = new ArrayList<>();
    new Study(SpecJson.study(Json.MAPPER.readTree(spec)), digits)
        .run(images, results::add, Progress.SILENT, new AtomicBoolean());
    return results;
  }

  @Test
  void attacksEachImageOfAColumn() {
    AdversarialAttack attack =
        new AdversarialAttack()
            .setModel("digits")
            .setAttack("pgd")
            .setParameters("steps=3")
            .setEpsilon(0.3)
            .setSeed(5)
            .setBatch(2)
            .setLabelCol("digit");
    List<Row> rows =
        attack.transform(digits()).select("id", "attacked.*").orderBy("id").collectAsList();
    List<ImageResult> wanted =
        study(
            "{\"attacks\": [{\"id\": \"pgd\", \"parameters\": {\"steps\": 3}}],"
                + " \"epsilons\": [0.3], \"seed\": 5, \"rounding\": true}");
    for (int i = 0; i < COUNT; i++) {
      var adversarial = wanted.get(i).attacked().get(0).adversarial();
      Row row = rows.get(i);
      assertThat((boolean) row.<Boolean>getAs("success")).isEqualTo(adversarial.success());
      assertThat(row.<Integer>getAs("after")).isEqualTo(adversarial.after().top());
      assertThat(row.<Double>getAs("l2"))
          .isCloseTo(adversarial.norms().l2(), org.assertj.core.data.Offset.offset(1e-4));
      assertThat(ImageFiles.read(row.getAs("image"), "png", 10_000).height()).isEqualTo(28);
      assertThat(row.<String>getAs("error")).isNull();
    }
    assertThat(rows.get(COUNT).<String>getAs("error")).isNotBlank();
    assertThat(rows.get(COUNT).<Boolean>getAs("success")).isNull();
  }

  @Test
  void explainsEachImageOfAColumn() {
    List<Row> rows =
        new Explanation()
            .setModel("digits")
            .setMethod("gradient")
            .transform(digits())
            .selectExpr("id", "explanation.class", "explanation.height", "explanation.map")
            .orderBy("id")
            .collectAsList();
    List<ImageResult> wanted = study("{\"methods\": [\"gradient\"]}");
    for (int i = 0; i < COUNT; i++) {
      var explained = wanted.get(i).explanations().get(0);
      assertThat(rows.get(i).getInt(1)).isEqualTo(explained.explainedClass());
      assertThat(rows.get(i).getInt(2)).isEqualTo(28);
      List<Float> map = rows.get(i).getList(3);
      float[] values = explained.heatmap().map().toArray();
      for (int k = 0; k < values.length; k++) {
        assertThat(map.get(k))
            .isCloseTo(
                values[k],
                org.assertj.core.data.Offset.offset(1e-4f + 1e-4f * Math.abs(values[k])));
      }
    }
  }

  @Test
  void takesSparksImageSchema() {
    StructType image =
        new StructType()
            .add("height", DataTypes.IntegerType)
            .add("width", DataTypes.IntegerType)
            .add("nChannels", DataTypes.IntegerType)
            .add("data", DataTypes.BinaryType);
    byte[] levels = new byte[28 * 28];
    Row cell = RowFactory.create(28, 28, 1, levels);
    Dataset<Row> black =
        Jobs.session()
            .createDataFrame(
                List.of(RowFactory.create(cell)), new StructType().add("image", image));
    Row row =
        new Explanation()
            .setModel("digits")
            .setInputCol("image")
            .transform(black)
            .selectExpr("explanation.width", "explanation.error")
            .first();
    assertThat(row.getInt(0)).isEqualTo(28);
    assertThat(row.isNullAt(1)).isTrue();
  }

  @Test
  void isSavedAndReadAgain() throws Exception {
    String place = folder.resolve("attack").toString();
    AdversarialAttack attack = new AdversarialAttack().setModel("digits").setEpsilon(0.25);
    attack.write().save(place);
    AdversarialAttack read = AdversarialAttack.load(place);
    assertThat(read.uid()).isEqualTo(attack.uid());
    assertThat(read.explainParams()).isEqualTo(attack.explainParams());
    assertThat(attack.copy(org.apache.spark.ml.param.ParamMap.empty()).explainParams())
        .isEqualTo(attack.explainParams());
  }

  @Test
  void sqlAttacksAndExplains() {
    SqlFunctions.register(Jobs.session(), "digits");
    digits().createOrReplaceTempView("images");
    List<Row> rows =
        Jobs.session()
            .sql(
                "SELECT id, adversarial_attack(content, 'digits', 'fgsm', 0.3).linf,"
                    + " size(explanation(content, 'digits', 'gradient').map)"
                    + " FROM images WHERE id < 3 ORDER BY id")
            .collectAsList();
    assertThat(rows).hasSize(3);
    for (Row row : rows) {
      assertThat(row.getDouble(1)).isBetween(0.29, 0.30001);
      assertThat(row.getInt(2)).isEqualTo(28 * 28);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeAnyTask() {
    AdversarialAttack attack = new AdversarialAttack().setModel("digits");
    Dataset<Row> digits = digits();
    assertThatThrownBy(
            () ->
                attack
                    .copy(org.apache.spark.ml.param.ParamMap.empty())
                    .setInputCol("picture")
                    .transform(digits))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no column \"picture\"; the columns are id, content, digit");
    assertThatThrownBy(
            () -> new AdversarialAttack().setModel("digits").setInputCol("id").transform(digits))
        .hasMessageContaining("must be binary or of Spark's image schema, but is int");
    assertThatThrownBy(
            () ->
                new AdversarialAttack().setModel("digits").setLabelCol("content").transform(digits))
        .hasMessageContaining("\"content\" of the classes");
    assertThatThrownBy(
            () -> new AdversarialAttack().setModel("digits").setOutputCol("id").transform(digits))
        .hasMessageContaining("already a column \"id\"");
    assertThatThrownBy(() -> new AdversarialAttack().transform(digits))
        .hasMessageContaining("set the model");
    assertThatThrownBy(
            () -> new AdversarialAttack().setModel("digits").setAttack("pgt").transform(digits))
        .hasMessageContaining("pgt");
    assertThatThrownBy(
            () -> new Explanation().setModel("digits").setParameters("steps").transform(digits))
        .hasMessageContaining("parameters are written like");
  }
}
