package io.adversight.cluster.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.cluster.Jobs;
import io.adversight.cluster.source.DigitFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/how-to/use-in-spark.md shows. */
class SparkExampleTest {
  @TempDir private Path folder;

  @Test
  void attacksExplainsAndQueries() throws Exception {
    for (int i = 0; i < 3; i++) {
      Files.write(folder.resolve(i + ".png"), DigitFiles.png(i));
    }
    SparkSession spark = Jobs.session();
    Dataset<Row> images = spark.read().format("binaryFile").load(folder + "/*.png");
    Dataset<Row> attacked =
        new AdversarialAttack()
            .setModel("digits")
            .setAttack("pgd")
            .setParameters("steps=10")
            .setEpsilon(0.2)
            .transform(images);
    Dataset<Row> explained =
        new Explanation().setModel("digits").setMethod("grad-cam").transform(attacked);
    explained.select("path", "attacked.success", "attacked.linf", "explanation.class").show();
    assertThat(explained.where("attacked.linf between 0.19 and 0.20001").count()).isEqualTo(3);

    SqlFunctions.register(spark, "digits");
    images.createOrReplaceTempView("images");
    spark
        .sql(
            "SELECT path, adversarial_attack(content, 'digits', 'pgd', 0.2).success,"
                + " explanation(content, 'digits', 'grad-cam').class FROM images")
        .show();
  }
}
