/**
 * Detection of adversarial images: detection scores, detectors with thresholds, and an adaptive
 * attack that evades them.
 */
@NullMarked
package io.adversight.evaluation.detection;

import org.jspecify.annotations.NullMarked;
