/** One change for all images. */
@NullMarked
package io.adversight.attack.universal;

import org.jspecify.annotations.NullMarked;
