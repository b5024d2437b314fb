/** Comparisons of images and maps, and image statistics, on plain arrays. */
@NullMarked
package io.adversight.metric;

import org.jspecify.annotations.NullMarked;
