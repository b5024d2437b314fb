/**
 * Explanations that the network itself computes: attention maps, masks and prototype similarities.
 * They are available for networks with such layers only.
 */
@NullMarked
package io.adversight.attribution.inherent;

import org.jspecify.annotations.NullMarked;
