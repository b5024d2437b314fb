/**
 * Studies of robustness: several attacks and epsilons over a labelled set, with signs of gradient
 * masking.
 */
@NullMarked
package io.adversight.study.robustness;

import org.jspecify.annotations.NullMarked;
