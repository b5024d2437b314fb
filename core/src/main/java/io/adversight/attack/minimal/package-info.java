/** Minimum-norm attacks. */
@NullMarked
package io.adversight.attack.minimal;

import org.jspecify.annotations.NullMarked;
