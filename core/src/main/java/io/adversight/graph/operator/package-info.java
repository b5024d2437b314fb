/** ONNX operators as records. */
@NullMarked
package io.adversight.graph.operator;

import org.jspecify.annotations.NullMarked;
