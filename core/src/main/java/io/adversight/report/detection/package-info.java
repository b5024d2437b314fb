/** Folders of detector evaluations: the detector file, ROC plots and tables. */
@NullMarked
package io.adversight.report.detection;

import org.jspecify.annotations.NullMarked;
