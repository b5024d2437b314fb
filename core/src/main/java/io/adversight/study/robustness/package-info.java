/** A robustness measurement. */
@NullMarked
package io.adversight.study.robustness;

import org.jspecify.annotations.NullMarked;
