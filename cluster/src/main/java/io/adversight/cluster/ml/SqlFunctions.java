package io.adversight.cluster.ml;

import io.adversight.cluster.NetworkReference;
import io.adversight.home.DataHome;
import io.adversight.input.UnknownNameException;
import io.adversight.study.Study;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF4;
import tools.jackson.databind.node.ObjectNode;

/**
 * Attacks and explanations as functions of Spark SQL, image by image; the transformers compute
 * batches and are faster.
 *
 * <pre>
 * SELECT path, adversarial_attack(content, 'digits', 'pgd', 0.3).success FROM images
 * SELECT path, explanation(content, 'digits', 'grad-cam').map FROM images
 * </pre>
 */
public final class SqlFunctions {
  private static final Map<ColumnStudy, Study> STUDIES = new ConcurrentHashMap<>();

  private SqlFunctions() {}

  /**
   * Registers {@code adversarial_attack(image, model, attack, epsilon)} and {@code
   * explanation(image, model, method)} for bytes of image files.
   *
   * @param models the networks that the functions may name; they are handed out here
   */
  public static void register(SparkSession spark, String... models) {
    HashMap<String, NetworkReference> networks = new HashMap<>();
    for (String model : models) {
      networks.put(
          model, NetworkReference.of(model, DataHome.of(System.getenv()), spark.sparkContext()));
    }
    int threads = spark.sparkContext().getConf().getInt("spark.task.cpus", 1);
    UDF4<byte[], String, String, Number, Row> attack =
        (image, model, id, epsilon) -> {
          ObjectNode spec = Json.MAPPER.createObjectNode();
          spec.putArray("attacks").add(id);
          spec.putArray("epsilons").add(epsilon.doubleValue());
          spec.put("rounding", true);
          return result(image, spec, network(networks, model), threads);
        };
    UDF3<byte[], String, String, Row> explanation =
        (image, model, id) -> {
          ObjectNode spec = Json.MAPPER.createObjectNode();
          spec.putArray("methods").add(id);
          return result(image, spec, network(networks, model), threads);
        };
    spark.udf().register("adversarial_attack", attack, ColumnStudy.ATTACKED);
    spark.udf().register("explanation", explanation, ColumnStudy.EXPLAINED);
  }

  private static NetworkReference network(Map<String, NetworkReference> networks, String model) {
    NetworkReference network = networks.get(model);
    if (network == null) {
      throw new UnknownNameException(
          "the network \"%s\" was not registered; there are %s"
              .formatted(model, String.join(", ", networks.keySet())));
    }
    return network;
  }

  private static Row result(
      byte @org.jspecify.annotations.Nullable [] image,
      ObjectNode spec,
      NetworkReference network,
      int threads) {
    ColumnStudy column = new ColumnStudy(spec.toString(), network, threads);
    Study study = STUDIES.computeIfAbsent(column, ColumnStudy::study);
    io.adversight.tensor.Engine.setThreads(threads);
    List<Object> cells = new ArrayList<>();
    cells.add(image);
    return column.results(study, cells, List.of(OptionalInt.empty())).get(0);
  }
}
