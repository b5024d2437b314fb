/** Gradients and their averages. */
@NullMarked
package io.adversight.attribution.gradient;

import org.jspecify.annotations.NullMarked;
