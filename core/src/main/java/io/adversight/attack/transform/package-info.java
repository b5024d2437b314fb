/** The weakest change that succeeds. */
@NullMarked
package io.adversight.attack.transform;

import org.jspecify.annotations.NullMarked;
