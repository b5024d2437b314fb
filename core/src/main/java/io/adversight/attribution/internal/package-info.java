/**
 * Access to layers, inputs and noisy samples that families of explanations share. No other package
 * uses it.
 */
@NullMarked
package io.adversight.attribution.internal;

import org.jspecify.annotations.NullMarked;
