/** Shared layer access. */
@NullMarked
package io.adversight.attribution.internal;

import org.jspecify.annotations.NullMarked;
