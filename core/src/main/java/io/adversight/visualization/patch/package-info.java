/** Patches that excite a channel. */
@NullMarked
package io.adversight.visualization.patch;

import org.jspecify.annotations.NullMarked;
