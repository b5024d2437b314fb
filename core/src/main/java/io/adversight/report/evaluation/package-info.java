/** The robustness report of one or more networks: its folder, its page and its tables. */
@NullMarked
package io.adversight.report.evaluation;

import org.jspecify.annotations.NullMarked;
