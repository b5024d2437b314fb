/** Class activation maps. */
@NullMarked
package io.adversight.attribution.cam;

import org.jspecify.annotations.NullMarked;
