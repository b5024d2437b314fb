/**
 * Regularizers of feature visualization: penalties that are added to the objective, and changes
 * after each step.
 */
@NullMarked
package io.adversight.visualization.regularizer;

import org.jspecify.annotations.NullMarked;
