/**
 * Networks compiled with their explanations and one-step attacks: one ONNX file that computes both
 * in any runtime.
 */
@NullMarked
package io.adversight.compile;

import org.jspecify.annotations.NullMarked;
