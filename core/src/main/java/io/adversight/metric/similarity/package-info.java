/**
 * Similarities of two maps: rank and linear correlations, SSIM, HOG, top-k intersection. Symmetric,
 * larger for more similar maps, and never NaN.
 */
@NullMarked
package io.adversight.metric.similarity;

import org.jspecify.annotations.NullMarked;
