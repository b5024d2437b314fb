/**
 * Explanations: how much each pixel contributes to an objective. The interface, {@code
 * Attributions}, which runs several methods on shared passes, and the heat maps.
 */
@NullMarked
package io.adversight.attribution;

import org.jspecify.annotations.NullMarked;
