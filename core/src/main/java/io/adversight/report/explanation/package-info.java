/** Explanation folders. */
@NullMarked
package io.adversight.report.explanation;

import org.jspecify.annotations.NullMarked;
