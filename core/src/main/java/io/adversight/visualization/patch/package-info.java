/**
 * The image patches that activate a channel most, found by one scan of a set of images, and their
 * projections to the pixels.
 */
@NullMarked
package io.adversight.visualization.patch;

import org.jspecify.annotations.NullMarked;
