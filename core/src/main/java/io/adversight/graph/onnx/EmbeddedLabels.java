package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of classes that exporters write into a file: a ZipMap behind the scores (scikit-learn,
 * Azure Custom Vision), or the entry {@code names} of the metadata, a Python dictionary from
 * numbers to names (Ultralytics).
 */
final class EmbeddedLabels {
  static final String ZIP_MAP = "ZipMap";

  private static final String KEY = "names";
  private static final int MOST = 1 << 20;

  private EmbeddedLabels() {}

  /** The names in the order of the classes; none if the file has none. */
  static List<String> of(ModelProto model) {
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (node.getOpType().equals(ZIP_MAP)) {
        for (AttributeProto attribute : node.getAttributeList()) {
          if (attribute.getName().equals("classlabels_strings")) {
            return attribute.getStringsList().stream().map(ByteString::toStringUtf8).toList();
          }
        }
      }
    }
    return model.getMetadataPropsList().stream()
        .filter(entry -> entry.getKey().equals(KEY))
        .map(StringStringEntryProto::getValue)
        .findFirst()
        .map(EmbeddedLabels::dictionary)
        .orElse(List.of());
  }

  /** The names in a dictionary such as {@code {0: 'tench', 1: "cock's comb"}}; none in others. */
  static List<String> dictionary(String text) {
    List<String> names = new ArrayList<>();
    int at = 0;
    while (names.size() < MOST) {
      int colon = text.indexOf(':', at);
      if (colon < 0) {
        return List.copyOf(names);
      }
      String key = text.substring(at, colon).replaceAll("[{,\\s]", "");
      int quote = colon + 1;
      while (quote < text.length() && text.charAt(quote) == ' ') {
        quote++;
      }
      int end = end(text, quote);
      if (!key.equals(Integer.toString(names.size())) || end < 0) {
        return List.of();
      }
      names.add(text.substring(quote + 1, end).replace("\\'", "'"));
      at = end + 1;
    }
    return List.of();
  }

  /** Where a quoted text ends that begins at a place; -1 if there is none. */
  private static int end(String text, int from) {
    if (from >= text.length() || (text.charAt(from) != '\'' && text.charAt(from) != '"')) {
      return -1;
    }
    for (int i = from + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == text.charAt(from)) {
        return i;
      }
    }
    return -1;
  }
}
