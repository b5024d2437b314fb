package io.adversight.cluster.ml;

import io.adversight.cluster.NetworkReference;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds a column of results to a column of images: bytes of image files (as the source {@code
 * binaryFile} reads them) or structs of Spark's image schema. A cell that is no image gives a
 * result with nothing but {@code error}.
 *
 * @param <T> the transformer itself, which setters return
 */
public abstract class ImageColumn<T extends ImageColumn<T>> extends Transformer
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> model;
  private final Param<String> parameters;
  private final LongParam seed;
  private final IntParam batch;

  ImageColumn(String uid, String output) {
    this.uid = uid; // first: a parameter belongs to the identifier that it finds
    this.inputCol =
        new Param<>(this, "inputCol", "the column of images, binary or of Spark's image schema");
    this.outputCol = new Param<>(this, "outputCol", "the column of results");
    this.model = new Param<>(this, "model", "a network by its name, or the path of an ONNX file");
    this.parameters =
        new Param<>(this, "parameters", "of the algorithm, such as steps=20, stepSize=0.01");
    this.seed = new LongParam(this, "seed", "of all randomness");
    this.batch = new IntParam(this, "batch", "images computed together");
    setDefault(inputCol, "content");
    setDefault(outputCol, output);
    setDefault(parameters, "");
    setDefault(seed, 0L);
    setDefault(batch, 16);
  }

  /** This transformer, as setters return it. */
  abstract T self();

  /** Adds what is done with each image to the specification of a study. */
  abstract void describe(ObjectNode spec);

  /** The column of the images' classes; empty if there is none. */
  abstract String labels();

  /** The type of the results. */
  abstract StructType results();

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> inputCol() {
    return inputCol;
  }

  public Param<String> outputCol() {
    return outputCol;
  }

  public Param<String> model() {
    return model;
  }

  public Param<String> parameters() {
    return parameters;
  }

  public LongParam seed() {
    return seed;
  }

  public IntParam batch() {
    return batch;
  }

  /** The column of images; {@code content} if none is set. */
  public T setInputCol(String column) {
    set(inputCol, column);
    return self();
  }

  /** The column of results. */
  public T setOutputCol(String column) {
    set(outputCol, column);
    return self();
  }

  /** A network by its name, or the path of an ONNX file with its card beside it. */
  public T setModel(String nameOrPath) {
    set(model, nameOrPath);
    return self();
  }

  /** Parameters of the algorithm, such as {@code steps=20, stepSize=0.01}. */
  public T setParameters(String changed) {
    set(parameters, changed);
    return self();
  }

  /** The seed of all randomness; 0 if none is set. */
  public T setSeed(long value) {
    set(seed, (Object) value);
    return self();
  }

  /** Images computed together; 16 if nothing is set. */
  public T setBatch(int images) {
    set(batch, (Object) images);
    return self();
  }

  @Override
  @SuppressWarnings("unchecked")
  public T copy(ParamMap extra) {
    return (T) defaultCopy(extra);
  }

  /** An algorithm with this transformer's parameters, as a specification has it. */
  final ObjectNode algorithm(String id) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("id", id);
    ObjectNode changed = node.putObject("parameters");
    for (String one : getOrDefault(parameters).split(",", -1)) {
      int equals = one.indexOf('=');
      if (equals > 0) {
        changed.put(one.substring(0, equals).strip(), one.substring(equals + 1).strip());
      } else if (!one.isBlank()) {
        throw new InputException(
            "parameters are written like steps=20, stepSize=0.01, but one was \"%s\""
                .formatted(one.strip()));
      }
    }
    return node;
  }

  /**
   * The columns with that of the results.
   *
   * @throws InputException if there is no column of images, or one of the results' name already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    List<String> columns = Arrays.asList(schema.fieldNames());
    String input = getOrDefault(inputCol);
    if (!columns.contains(input)) {
      throw new InputException(
          "there is no column \"%s\"; the columns are %s"
              .formatted(input, String.join(", ", columns)));
    }
    DataType type = schema.apply(input).dataType();
    if (!ImageCell.isImage(type)) {
      throw new InputException(
          "the column \"%s\" must be binary or of Spark's image schema, but is %s"
              .formatted(input, type.catalogString()));
    }
    String label = labels();
    if (!label.isEmpty()
        && !(columns.contains(label) && schema.apply(label).dataType() instanceof NumericType)) {
      throw new InputException(
          "the column \"%s\" of the classes must be there and hold numbers".formatted(label));
    }
    if (columns.contains(getOrDefault(outputCol))) {
      throw new InputException(
          "there is already a column \"%s\"; set another outputCol"
              .formatted(getOrDefault(outputCol)));
    }
    return schema.add(getOrDefault(outputCol), results(), false);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    StructType schema = transformSchema(rows.schema());
    if (!isDefined(model)) {
      throw new InputException("set the model: a network by its name, or an ONNX file");
    }
    ObjectNode spec = Json.MAPPER.createObjectNode();
    spec.put("seed", ((Number) getOrDefault(seed)).longValue());
    spec.put("batch", batchValue());
    describe(spec);
    ColumnStudy study =
        new ColumnStudy(
            spec.toString(),
            NetworkReference.of(
                getOrDefault(model),
                DataHome.of(System.getenv()),
                rows.sparkSession().sparkContext()),
            rows.sparkSession().sparkContext().getConf().getInt("spark.task.cpus", 1));
    study.study(); // whatever is wrong with it shows here, and not in a task
    int image = rows.schema().fieldIndex(getOrDefault(inputCol));
    int label = labels().isEmpty() ? -1 : rows.schema().fieldIndex(labels());
    int size = batchValue();
    MapPartitionsFunction<Row, Row> task =
        partition -> new ColumnRows(partition, study, image, label, size);
    return rows.toDF().mapPartitions(task, Encoders.row(schema));
  }

  private int batchValue() {
    return ((Number) getOrDefault(batch)).intValue();
  }

  /** The rows of a partition with their results, a batch at a time. */
  private static final class ColumnRows implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final ColumnStudy study;
    private final int image;
    private final int label;
    private final int batch;
    private Iterator<Row> ready = List.<Row>of().iterator();

    ColumnRows(Iterator<Row> rows, ColumnStudy study, int image, int label, int batch) {
      this.rows = rows;
      this.study = study;
      this.image = image;
      this.label = label;
      this.batch = batch;
    }

    @Override
    public boolean hasNext() {
      return ready.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (!ready.hasNext()) {
        ready = nextBatch().iterator();
      }
      return ready.next();
    }

    private List<Row> nextBatch() {
      List<Row> some = new ArrayList<>();
      while (rows.hasNext() && some.size() < batch) {
        some.add(rows.next());
      }
      List<OptionalInt> labels =
          some.stream()
              .map(
                  row ->
                      label < 0 || row.isNullAt(label)
                          ? OptionalInt.empty()
                          : OptionalInt.of(((Number) row.get(label)).intValue()))
              .toList();
      List<Object> cells = new ArrayList<>();
      some.forEach(row -> cells.add(row.get(image)));
      List<Row> results = study.results(study.study(), cells, labels);
      List<Row> all = new ArrayList<>();
      for (int i = 0; i < some.size(); i++) {
        Row row = some.get(i);
        Object[] values = new Object[row.size() + 1];
        for (int c = 0; c < row.size(); c++) {
          values[c] = row.get(c);
        }
        values[row.size()] = results.get(i);
        all.add(RowFactory.create(values));
      }
      return all;
    }
  }
}
