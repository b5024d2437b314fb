/** Penalties. */
@NullMarked
package io.adversight.visualization.regularizer;

import org.jspecify.annotations.NullMarked;
