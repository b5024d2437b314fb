/**
 * Explanations by relevance propagation: LRP and DeepLIFT. Each layer redistributes the relevance
 * of its outputs to its inputs by a backward rule.
 */
@NullMarked
package io.adversight.attribution.relevance;

import org.jspecify.annotations.NullMarked;
