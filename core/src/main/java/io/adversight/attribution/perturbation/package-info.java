/** Occlusion, masks, superpixels. */
@NullMarked
package io.adversight.attribution.perturbation;

import org.jspecify.annotations.NullMarked;
