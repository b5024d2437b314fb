/** Detector folders. */
@NullMarked
package io.adversight.report.detection;

import org.jspecify.annotations.NullMarked;
