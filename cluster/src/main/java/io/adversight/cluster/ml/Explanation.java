package io.adversight.cluster.ml;

import java.util.UUID;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;
import tools.jackson.databind.node.ObjectNode;

/**
 * Explains the prediction for each image of a column. The results are a struct: the explained
 * {@code class}, its {@code probability}, and the {@code map} of {@code height} rows and {@code
 * width} columns, row by row; {@code error} where there is none.
 *
 * <pre>{@code
 * new Explanation().setModel("digits").setMethod("grad-cam").transform(images)
 * }</pre>
 */
public final class Explanation extends ImageColumn<Explanation> {
  private static final long serialVersionUID = 1L;

  private final Param<String> method = new Param<>(this, "method", "its id in the catalogue");

  /** An explanation by Grad-CAM. */
  public Explanation() {
    this("explanation_" + UUID.randomUUID());
  }

  /** The same with an identifier of its own, as Spark ML restores and copies it. */
  public Explanation(String uid) {
    super(uid, "explanation");
    setDefault(method, "grad-cam");
  }

  /** Reads a transformer that was saved. */
  public static MLReader<Explanation> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads a transformer that was saved. */
  public static Explanation load(String path) {
    return read().load(path);
  }

  public Param<String> method() {
    return method;
  }

  /** The method, by its id in the catalogue; {@code grad-cam} if none is set. */
  public Explanation setMethod(String id) {
    set(method, id);
    return this;
  }

  @Override
  Explanation self() {
    return this;
  }

  @Override
  void describe(ObjectNode spec) {
    spec.putArray("methods").add(algorithm(getOrDefault(method)));
  }

  @Override
  String labels() {
    return "";
  }

  @Override
  StructType results() {
    return ColumnStudy.EXPLAINED;
  }
}
