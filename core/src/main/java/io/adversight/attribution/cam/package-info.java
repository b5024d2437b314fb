/**
 * Class activation maps: weighted sums of the channels of a layer. The methods differ in the
 * weights; maps have the size of the layer and are upsampled.
 */
@NullMarked
package io.adversight.attribution.cam;

import org.jspecify.annotations.NullMarked;
