/**
 * Random transformations before each step of a feature visualization: shift, scale, rotation, blur,
 * padding.
 */
@NullMarked
package io.adversight.visualization.transformation;

import org.jspecify.annotations.NullMarked;
