/**
 * Reading and writing ONNX files. Every defect of a file is an exception with node and reason, and
 * memory and time are bounded before anything is computed.
 */
@NullMarked
package io.adversight.graph.onnx;

import org.jspecify.annotations.NullMarked;
