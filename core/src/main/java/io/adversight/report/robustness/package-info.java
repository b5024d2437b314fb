/** Robustness folders. */
@NullMarked
package io.adversight.report.robustness;

import org.jspecify.annotations.NullMarked;
