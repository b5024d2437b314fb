/** Detectors and scores. */
@NullMarked
package io.adversight.evaluation.detection;

import org.jspecify.annotations.NullMarked;
