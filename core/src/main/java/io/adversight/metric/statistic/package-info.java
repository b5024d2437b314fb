/** One number off one map. */
@NullMarked
package io.adversight.metric.statistic;

import org.jspecify.annotations.NullMarked;
