package io.adversight.report.robustness;

import io.adversight.study.robustness.RobustnessSpec;
import io.adversight.study.robustness.RobustnessSummary;

/**
 * A finished measurement.
 *
 * @param model the network
 * @param data what the set of images is called
 * @param spec how it was measured
 * @param summary what was found
 */
record RobustnessMeasurement(
    String model, String data, RobustnessSpec spec, RobustnessSummary summary) {}
