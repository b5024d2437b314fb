/** Backward rules. */
@NullMarked
package io.adversight.graph.backward;

import org.jspecify.annotations.NullMarked;
