/** Plain numbers. */
@NullMarked
package io.adversight.metric.numeric;

import org.jspecify.annotations.NullMarked;
