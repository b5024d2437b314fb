package io.adversight.compile;

import io.adversight.graph.derivative.Expression;
import io.adversight.graph.derivative.GraphObjective;
import io.adversight.model.Classifier;
import java.util.List;

/** What a file computes beside the logits: one output, of gradients of one objective. */
interface Part {
  /** The objective whose gradients are read. */
  GraphObjective objective();

  /** The places, layers or the pixels, whose gradients are read. */
  List<String> places(Classifier network);

  /** The output's value. */
  Expression value(Draft draft);

  /** What the output is, in a sentence. */
  String says();
}
