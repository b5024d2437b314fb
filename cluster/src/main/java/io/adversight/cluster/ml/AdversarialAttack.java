package io.adversight.cluster.ml;

import java.util.UUID;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;
import tools.jackson.databind.node.ObjectNode;

/**
 * Attacks each image of a column. The results are a struct: {@code success}, {@code
 * success_after_rounding}, {@code label}, {@code before}, {@code after}, {@code after_probability},
 * {@code l0}, {@code l1}, {@code l2}, {@code linf}, {@code image} (a PNG) and {@code error}.
 *
 * <pre>{@code
 * new AdversarialAttack().setModel("digits").setAttack("pgd").setEpsilon(0.3).transform(images)
 * }</pre>
 */
public final class AdversarialAttack extends ImageColumn<AdversarialAttack> {
  private static final long serialVersionUID = 1L;

  private final Param<String> attack = new Param<>(this, "attack", "its id in the catalogue");
  private final Param<String> norm = new Param<>(this, "norm", "LINF, L2, L1 or L0");
  private final DoubleParam epsilon =
      new DoubleParam(this, "epsilon", "radius of the ball, in units of pixels in [0, 1]");
  private final Param<String> labelCol =
      new Param<>(
          this, "labelCol", "the network's numbers of the classes; predicted ones if unset");

  /** An attack by PGD at 8/255. */
  public AdversarialAttack() {
    this("adversarialAttack_" + UUID.randomUUID());
  }

  /** The same with an identifier of its own, as Spark ML restores and copies it. */
  public AdversarialAttack(String uid) {
    super(uid, "attacked");
    setDefault(attack, "pgd");
    setDefault(norm, "LINF");
    setDefault(epsilon, 8 / 255.0);
    setDefault(labelCol, "");
  }

  /** Reads a transformer that was saved. */
  public static MLReader<AdversarialAttack> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads a transformer that was saved. */
  public static AdversarialAttack load(String path) {
    return read().load(path);
  }

  public Param<String> attack() {
    return attack;
  }

  public Param<String> norm() {
    return norm;
  }

  public DoubleParam epsilon() {
    return epsilon;
  }

  public Param<String> labelCol() {
    return labelCol;
  }

  /** The attack, by its id in the catalogue; {@code pgd} if none is set. */
  public AdversarialAttack setAttack(String id) {
    set(attack, id);
    return this;
  }

  /** The norm of the ball; {@code LINF} if none is set. */
  public AdversarialAttack setNorm(String name) {
    set(norm, name);
    return this;
  }

  /** The radius of the ball, in units of pixels in [0, 1]; 8/255 if none is set. */
  public AdversarialAttack setEpsilon(double radius) {
    set(epsilon, (Object) radius);
    return this;
  }

  /** The column of the network's numbers of the classes. */
  public AdversarialAttack setLabelCol(String column) {
    set(labelCol, column);
    return this;
  }

  @Override
  AdversarialAttack self() {
    return this;
  }

  @Override
  void describe(ObjectNode spec) {
    spec.putArray("attacks").add(algorithm(getOrDefault(attack)));
    spec.put("norm", getOrDefault(norm));
    spec.putArray("epsilons").add(((Number) getOrDefault(epsilon)).doubleValue());
    spec.put("rounding", true);
  }

  @Override
  String labels() {
    return getOrDefault(labelCol);
  }

  @Override
  StructType results() {
    return ColumnStudy.ATTACKED;
  }
}
