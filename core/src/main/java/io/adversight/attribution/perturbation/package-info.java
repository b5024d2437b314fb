/** Explanations by occlusion, random masks and superpixels. They need forward passes only. */
@NullMarked
package io.adversight.attribution.perturbation;

import org.jspecify.annotations.NullMarked;
