/** Explanations: which pixels an objective depends on. */
@NullMarked
package io.adversight.attribution;

import org.jspecify.annotations.NullMarked;
