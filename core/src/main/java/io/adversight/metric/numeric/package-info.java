/** Numbers without images: correlations, ranks, ROC curves, confidence intervals. */
@NullMarked
package io.adversight.metric.numeric;

import org.jspecify.annotations.NullMarked;
