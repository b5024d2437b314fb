/** Numbers that make an image. */
@NullMarked
package io.adversight.visualization.parameterization;

import org.jspecify.annotations.NullMarked;
