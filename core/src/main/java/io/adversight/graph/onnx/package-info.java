/** ONNX files. */
@NullMarked
package io.adversight.graph.onnx;

import org.jspecify.annotations.NullMarked;
