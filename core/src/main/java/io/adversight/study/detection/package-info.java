/** Calibrating, testing detectors. */
@NullMarked
package io.adversight.study.detection;

import org.jspecify.annotations.NullMarked;
