/** Maps the network itself computes. */
@NullMarked
package io.adversight.attribution.inherent;

import org.jspecify.annotations.NullMarked;
