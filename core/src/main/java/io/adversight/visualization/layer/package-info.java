/**
 * Activations and weights of layers as images, and decoders that reconstruct an image from a layer.
 */
@NullMarked
package io.adversight.visualization.layer;

import org.jspecify.annotations.NullMarked;
