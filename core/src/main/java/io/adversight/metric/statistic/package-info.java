/**
 * Statistics of one map: sparseness, entropy, concentration, and its agreement with an object mask.
 */
@NullMarked
package io.adversight.metric.statistic;

import org.jspecify.annotations.NullMarked;
