/** Batches. */
@NullMarked
package io.adversight.training.data;

import org.jspecify.annotations.NullMarked;
