/**
 * Folders of studies of explanations: comparison, faithfulness, sanity checks and explanation
 * attacks.
 */
@NullMarked
package io.adversight.report.explanation;

import org.jspecify.annotations.NullMarked;
