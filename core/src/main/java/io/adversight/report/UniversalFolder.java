package io.adversight.report;

import io.adversight.attack.Ball;
import io.adversight.data.DataSet;
import io.adversight.model.ModelCard;
import io.adversight.study.Algorithm;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder of one universal change, or of a curve of several.
 *
 * @param results where files go
 * @param spec what is made
 */
public record UniversalFolder(ResultFolder results, ObjectNode spec) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /**
   * Opens a folder, or goes on in the one of the same work.
   *
   * @param what is made: a change or a curve, with what matters for it
   */
  public static UniversalFolder open(
      Path path,
      String what,
      ModelCard card,
      Algorithm attack,
      Ball ball,
      DataSet seen,
      DataSet unseen,
      long seed) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("what", what);
    node.put("model", card.name());
    node.put("modelSha256", card.sha256());
    node.put("height", card.input().height());
    node.put("width", card.input().width());
    node.set("attack", ResultJson.algorithm(attack));
    node.put("norm", ball.norm().name());
    node.put("epsilon", ball.epsilon());
    node.put("pictures", seen.name());
    node.put("seen", seen.size());
    node.put("unseen", unseen.size());
    node.put("seed", seed);
    return new UniversalFolder(ResultFolder.open(path, node, "universal-spec.json"), node);
  }

  /** A result with what was made and where it comes from. */
  public ObjectNode result(Provenance provenance, double seconds) {
    ObjectNode node = MAPPER.createObjectNode();
    node.set("universal", spec);
    node.set("provenance", ResultJson.provenance(provenance, seconds));
    return node;
  }
}
