/** Activations, weights, decoders. */
@NullMarked
package io.adversight.visualization.layer;

import org.jspecify.annotations.NullMarked;
