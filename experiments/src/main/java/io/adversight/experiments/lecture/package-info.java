/** The fifth study: a lecture on visualization and adversarial examples. */
@NullMarked
package io.adversight.experiments.lecture;

import org.jspecify.annotations.NullMarked;
