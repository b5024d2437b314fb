/**
 * Studies of detectors: calibration of thresholds on clean images, and evaluation against attacks.
 */
@NullMarked
package io.adversight.study.detection;

import org.jspecify.annotations.NullMarked;
