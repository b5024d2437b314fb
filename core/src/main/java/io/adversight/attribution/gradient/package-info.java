/**
 * Explanations by gradients at the pixels, their averages over noise or paths, and modified
 * backpropagation. Maps have the size of the image.
 */
@NullMarked
package io.adversight.attribution.gradient;

import org.jspecify.annotations.NullMarked;
