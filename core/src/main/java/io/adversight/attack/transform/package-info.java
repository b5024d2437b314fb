/**
 * Attacks by image transformations: blur, contrast, rotation and translation. Each searches for the
 * smallest strength that succeeds.
 */
@NullMarked
package io.adversight.attack.transform;

import org.jspecify.annotations.NullMarked;
