/** Networks as differentiable graphs of ONNX operators. */
@NullMarked
package io.adversight.graph;

import org.jspecify.annotations.NullMarked;
