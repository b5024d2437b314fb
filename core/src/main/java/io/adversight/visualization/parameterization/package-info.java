/**
 * Parameterizations of an optimized image: pixels, Fourier spectrum, Laplacian pyramid. They map
 * free numbers to an image in [0, 1].
 */
@NullMarked
package io.adversight.visualization.parameterization;

import org.jspecify.annotations.NullMarked;
