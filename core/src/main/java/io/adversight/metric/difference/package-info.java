/** MapDifference. */
@NullMarked
package io.adversight.metric.difference;

import org.jspecify.annotations.NullMarked;
