/**
 * The evaluation of a network's robustness that a reviewer needs: groups of attacks of different
 * knowledge, and checks of whether they were strong enough.
 */
@NullMarked
package io.adversight.study.evaluation;

import org.jspecify.annotations.NullMarked;
