/** Accuracy, distances, transfer. */
@NullMarked
package io.adversight.evaluation.robustness;

import org.jspecify.annotations.NullMarked;
