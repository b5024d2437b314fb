/** Random changes per step. */
@NullMarked
package io.adversight.visualization.transformation;

import org.jspecify.annotations.NullMarked;
