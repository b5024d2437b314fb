/**
 * Evaluation of explanations: faithfulness metrics, sanity checks by model randomization, and
 * attacks on explanations.
 */
@NullMarked
package io.adversight.evaluation.explanation;

import org.jspecify.annotations.NullMarked;
