/** Gradient attacks inside a ball. */
@NullMarked
package io.adversight.attack.gradient;

import org.jspecify.annotations.NullMarked;
