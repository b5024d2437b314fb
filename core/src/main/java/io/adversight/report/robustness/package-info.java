/**
 * Folders of robustness measurements: accuracy, sweeps, transfer, corruptions, universal changes
 * and bounds. Measurements are appended, so that they can be resumed.
 */
@NullMarked
package io.adversight.report.robustness;

import org.jspecify.annotations.NullMarked;
