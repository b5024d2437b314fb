/** MapSimilarity. */
@NullMarked
package io.adversight.metric.similarity;

import org.jspecify.annotations.NullMarked;
