/**
 * ONNX operators as records whose components are the attributes. Each computes its result and
 * predicts the result's shape and cost.
 */
@NullMarked
package io.adversight.graph.operator;

import org.jspecify.annotations.NullMarked;
