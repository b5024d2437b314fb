package io.adversight.graph.derivative;

import io.adversight.graph.Node;

/** An operator has no rule by which a gradient passes it symbolically. */
public final class NoRule extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String type;

  NoRule(Node node, String reason) {
    super(
        "layer \"%s\" (%s) has no symbolic gradient: %s"
            .formatted(node.name(), node.operator().type(), reason));
    this.type = node.operator().type();
  }

  /** The name of the operator. */
  public String type() {
    return type;
  }
}
