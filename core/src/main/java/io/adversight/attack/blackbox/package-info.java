/** Score-, decision-, surrogate-based; noise. */
@NullMarked
package io.adversight.attack.blackbox;

import org.jspecify.annotations.NullMarked;
