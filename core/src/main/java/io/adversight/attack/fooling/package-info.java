/** Fooling images. */
@NullMarked
package io.adversight.attack.fooling;

import org.jspecify.annotations.NullMarked;
