/**
 * Backward rules that replace the true gradient of an operator: guided backpropagation, deconvnet,
 * DeepLIFT and LRP. The forward values stay the same.
 */
@NullMarked
package io.adversight.graph.backward;

import org.jspecify.annotations.NullMarked;
