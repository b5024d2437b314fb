package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.adversight.graph.ModelFormatException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The versions of the operator sets that a file was written with. */
final class OnnxOpsets {
  /** The newest version of ONNX's own operator set whose changes are known. */
  static final int NEWEST = 28;

  private OnnxOpsets() {}

  /** The name of a domain; ONNX's own has two, of which this is "". */
  static String domain(String name) {
    return name.equals("ai.onnx") ? "" : name;
  }

  static int version(OperatorSetIdProto set) {
    return (int) Math.max(0, Math.min(set.getVersion(), Integer.MAX_VALUE));
  }

  /**
   * The versions by domain.
   *
   * @throws ModelFormatException if ONNX's own is missing, or newer than is known
   */
  static Map<String, Integer> of(List<OperatorSetIdProto> sets, String path) {
    Map<String, Integer> versions = new HashMap<>();
    sets.forEach(set -> versions.put(domain(set.getDomain()), version(set)));
    Integer own = versions.get("");
    if (own == null) {
      throw new ModelFormatException(
          path, "this is not an ONNX file, or it does not name its operator set");
    }
    if (own < 1 || own > NEWEST) {
      throw new ModelFormatException(
          path,
          "operator set %s is not known, only those up to %s; export the network with opset_version=%s"
              .formatted(own, NEWEST, NEWEST));
    }
    return versions;
  }
}
