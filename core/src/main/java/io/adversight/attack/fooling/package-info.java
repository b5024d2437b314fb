/**
 * Fooling images: images without a recognizable object that a network classifies with high
 * confidence, by gradient ascent, by evolution, or noise as a baseline.
 */
@NullMarked
package io.adversight.attack.fooling;

import org.jspecify.annotations.NullMarked;
