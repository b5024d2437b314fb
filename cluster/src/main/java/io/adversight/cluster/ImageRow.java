package io.adversight.cluster;

import io.adversight.study.image.InputImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * All numbers about one image, a row of the results.
 *
 * @param name of the image, unique in its set
 * @param file where it came from, in words
 * @param sha256 of its encoded bytes; empty where it has none
 * @param error why there are no results; empty if there are
 * @param label the class attacks lead away from
 * @param labelGiven whether that is the image's own class, and not the predicted one
 * @param predicted the class before any attack
 * @param probability of that class; absent where only classes are known
 * @param explanations of the original
 * @param attacks one result for each attack and epsilon
 */
record ImageRow(
    String name,
    String file,
    String sha256,
    String error,
    OptionalInt label,
    boolean labelGiven,
    OptionalInt predicted,
    OptionalDouble probability,
    List<Explained> explanations,
    List<Attacked> attacks) {
  private static final DataType STRING = DataTypes.StringType;
  private static final DataType INT = DataTypes.IntegerType;
  private static final DataType DOUBLE = DataTypes.DoubleType;
  private static final DataType BOOLEAN = DataTypes.BooleanType;

  /** The columns of the results. */
  static final StructType SCHEMA =
      new StructType()
          .add("name", STRING, false)
          .add("part", INT, false)
          .add("file", STRING)
          .add("sha256", STRING)
          .add("error", STRING)
          .add("label", INT)
          .add("label_given", BOOLEAN)
          .add("predicted", INT)
          .add("probability", DOUBLE)
          .add(
              "explanations",
              list(
                  new StructType()
                      .add("method", STRING)
                      .add("class", INT)
                      .add("min", DOUBLE)
                      .add("max", DOUBLE)
                      .add("empty", BOOLEAN)))
          .add(
              "attacks",
              list(
                  new StructType()
                      .add("attack", STRING)
                      .add("epsilon", DOUBLE)
                      .add("success", BOOLEAN)
                      .add("success_after_rounding", BOOLEAN)
                      .add("after", INT)
                      .add("after_probability", DOUBLE)
                      .add("l0", DataTypes.LongType)
                      .add("l1", DOUBLE)
                      .add("l2", DOUBLE)
                      .add("linf", DOUBLE)
                      .add("ssim", DOUBLE)
                      .add("psnr", DOUBLE)
                      .add("iterations", INT)
                      .add("forwards", INT)
                      .add("backwards", INT)
                      .add("seconds", DOUBLE)
                      .add(
                          "explanations",
                          list(
                              new StructType()
                                  .add("method", STRING)
                                  .add("class", INT)
                                  .add("similarity", DataTypes.createMapType(STRING, DOUBLE))))));

  ImageRow {
    explanations = List.copyOf(explanations);
    attacks = List.copyOf(attacks);
  }

  /** A map of the original, in numbers. */
  record Explained(String method, int explainedClass, double min, double max, boolean empty) {
    Row row() {
      return RowFactory.create(method, explainedClass, min, max, empty);
    }
  }

  /** How alike a map is before and after an attack, by the name of the measure. */
  record Compared(String method, int explainedClass, Map<String, Double> similarity) {
    Compared {
      similarity = Map.copyOf(similarity);
    }

    Row row() {
      return RowFactory.create(
          method, explainedClass, scala.jdk.javaapi.CollectionConverters.asScala(similarity));
    }
  }

  /**
   * One attack's result.
   *
   * @param epsilon NaN where the attack has none
   * @param afterProbability NaN where only classes are known, as are ssim and psnr
   */
  record Attacked(
      String attack,
      double epsilon,
      boolean success,
      @Nullable Boolean successAfterRounding,
      int after,
      double afterProbability,
      io.adversight.attack.Adversarial.Norms norms,
      double ssim,
      double psnr,
      io.adversight.attack.Adversarial.Cost cost,
      List<Compared> explanations) {
    Attacked {
      explanations = List.copyOf(explanations);
    }

    Row row() {
      return RowFactory.create(
          attack,
          finite(epsilon),
          success,
          successAfterRounding,
          after,
          finite(afterProbability),
          norms.l0(),
          norms.l1(),
          norms.l2(),
          norms.linf(),
          finite(ssim),
          finite(psnr),
          cost.iterations(),
          cost.forwards(),
          cost.backwards(),
          cost.seconds(),
          array(explanations.stream().map(Compared::row).toList()));
    }
  }

  /** The row of an image that has no results. */
  static ImageRow error(String name, String file, String sha256, String reason) {
    return new ImageRow(
        name,
        file,
        sha256,
        reason.isEmpty() ? "no reason is known" : reason,
        OptionalInt.empty(),
        false,
        OptionalInt.empty(),
        OptionalDouble.empty(),
        List.of(),
        List.of());
  }

  /** The row of an image that was read and then left out. */
  static ImageRow error(InputImage image, String reason) {
    return error(image.name(), image.file(), image.sha256(), reason);
  }

  boolean isError() {
    return !error.isEmpty();
  }

  /** This row in the columns of {@link #SCHEMA}. */
  Row row(int part) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(name);
    values.add(part);
    values.add(file);
    values.add(sha256.isEmpty() ? null : sha256);
    values.add(error.isEmpty() ? null : error);
    values.add(label.isPresent() ? label.getAsInt() : null);
    values.add(isError() ? null : labelGiven);
    values.add(predicted.isPresent() ? predicted.getAsInt() : null);
    values.add(probability.isPresent() ? probability.getAsDouble() : null);
    values.add(isError() ? null : array(explanations.stream().map(Explained::row).toList()));
    values.add(isError() ? null : array(attacks.stream().map(Attacked::row).toList()));
    return RowFactory.create(values.toArray());
  }

  private static ArrayType list(StructType element) {
    return DataTypes.createArrayType(element, false);
  }

  private static Object array(List<Row> rows) {
    return scala.jdk.javaapi.CollectionConverters.asScala(rows).toSeq();
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
