/** ImageDistance. */
@NullMarked
package io.adversight.metric.distance;

import org.jspecify.annotations.NullMarked;
