/**
 * Evaluation of networks: accuracy under attack, minimum norms, transferability, fooling rates and
 * the CLEVER bound.
 */
@NullMarked
package io.adversight.evaluation.robustness;

import org.jspecify.annotations.NullMarked;
