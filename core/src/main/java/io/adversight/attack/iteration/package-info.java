/** Loop parts that families share. */
@NullMarked
package io.adversight.attack.iteration;

import org.jspecify.annotations.NullMarked;
