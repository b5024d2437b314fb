/** Differences of two maps, as maps. They show where an explanation gained and lost. */
@NullMarked
package io.adversight.metric.difference;

import org.jspecify.annotations.NullMarked;
