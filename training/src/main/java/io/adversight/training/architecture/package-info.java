/** Untrained graphs. */
@NullMarked
package io.adversight.training.architecture;

import org.jspecify.annotations.NullMarked;
