package io.adversight.cluster.ml;

import io.adversight.attack.Adversarial;
import io.adversight.cluster.NetworkReference;
import io.adversight.graph.ModelFormatException;
import io.adversight.image.ImageFiles;
import io.adversight.image.ImageFormatException;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.model.GraphClassifier;
import io.adversight.report.format.SpecJson;
import io.adversight.run.Progress;
import io.adversight.study.Explained;
import io.adversight.study.ImageResult;
import io.adversight.study.Study;
import io.adversight.study.image.InputImage;
import io.adversight.tensor.Engine;
import io.adversight.text.Json;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A study of one attack or one explanation over the cells of a column. It travels to the tasks.
 *
 * @param spec of the study, as JSON
 * @param network that is studied
 * @param threads of the engine in each task
 */
record ColumnStudy(String spec, NetworkReference network, int threads) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What an attack makes of an image. */
  static final StructType ATTACKED =
      new StructType()
          .add("success", DataTypes.BooleanType)
          .add("success_after_rounding", DataTypes.BooleanType)
          .add("label", DataTypes.IntegerType)
          .add("before", DataTypes.IntegerType)
          .add("after", DataTypes.IntegerType)
          .add("after_probability", DataTypes.DoubleType)
          .add("l0", DataTypes.LongType)
          .add("l1", DataTypes.DoubleType)
          .add("l2", DataTypes.DoubleType)
          .add("linf", DataTypes.DoubleType)
          .add("image", DataTypes.BinaryType)
          .add("error", DataTypes.StringType);

  /** What an explanation says of an image. */
  static final StructType EXPLAINED =
      new StructType()
          .add("class", DataTypes.IntegerType)
          .add("probability", DataTypes.DoubleType)
          .add("height", DataTypes.IntegerType)
          .add("width", DataTypes.IntegerType)
          .add("map", DataTypes.createArrayType(DataTypes.FloatType, false))
          .add("error", DataTypes.StringType);

  /** The study, checked; the network is opened once in each Java process. */
  Study study() {
    Engine.setThreads(threads);
    return new Study(SpecJson.study(Json.MAPPER.readTree(spec)), network.open());
  }

  /** The type of its results. */
  StructType type() {
    return isAttack() ? ATTACKED : EXPLAINED;
  }

  private boolean isAttack() {
    return !Json.MAPPER.readTree(spec).path("attacks").isEmpty();
  }

  /**
   * The results of some cells, one each.
   *
   * @param labels their classes; empty where none is known
   */
  List<Row> results(Study study, List<? extends @Nullable Object> cells, List<OptionalInt> labels) {
    GraphClassifier classifier = network.open();
    boolean attack = isAttack();
    List<InputImage> images = new ArrayList<>();
    List<@Nullable Row> rows = new ArrayList<>(); // null in the place of each image
    for (int i = 0; i < cells.size(); i++) {
      try {
        images.add(ImageCell.read(cells.get(i), labels.get(i), classifier.card()));
        rows.add(null);
      } catch (ImageFormatException e) {
        rows.add(error(String.valueOf(e.getMessage())));
      }
    }
    List<Row> done = studied(study, images, attack);
    List<Row> all = new ArrayList<>();
    int next = 0;
    for (Row row : rows) {
      all.add(row == null ? done.get(next++) : row);
    }
    return all;
  }

  /** The results of images; where one spoils a batch, those of each by itself. */
  private List<Row> studied(Study study, List<InputImage> images, boolean attack) {
    List<Row> rows = new ArrayList<>();
    try {
      study.run(
          images,
          result -> rows.add(attack ? attacked(result) : explained(result)),
          Progress.SILENT,
          new AtomicBoolean());
      return rows;
    } catch (InputException | UnknownNameException | ModelFormatException e) {
      return images.size() == 1
          ? List.of(error(String.valueOf(e.getMessage())))
          : images.stream().flatMap(one -> studied(study, List.of(one), attack).stream()).toList();
    }
  }

  private static Row attacked(ImageResult result) {
    Adversarial found = result.attacked().get(0).adversarial();
    int after = found.after().top();
    return RowFactory.create(
        found.success(),
        found.rounded().isPresent() && found.roundedSuccess(),
        result.label(),
        result.prediction().top(),
        after,
        found.after().probability(after),
        found.norms().l0(),
        found.norms().l1(),
        found.norms().l2(),
        found.norms().linf(),
        ImageFiles.png(found.changed()),
        null);
  }

  private static Row explained(ImageResult result) {
    Explained one = result.explanations().get(0);
    Raster map = one.heatmap().map();
    List<Float> values = new ArrayList<>();
    for (float value : map.toArray()) {
      values.add(value);
    }
    return RowFactory.create(
        one.explainedClass(),
        result.prediction().probability(one.explainedClass()),
        map.height(),
        map.width(),
        scala.jdk.javaapi.CollectionConverters.asScala(values).toSeq(),
        null);
  }

  private Row error(String reason) {
    Object[] values = new Object[type().size()];
    values[values.length - 1] = reason;
    return RowFactory.create(values);
  }
}
