/** The folder of a study. */
@NullMarked
package io.adversight.report.study;

import org.jspecify.annotations.NullMarked;
