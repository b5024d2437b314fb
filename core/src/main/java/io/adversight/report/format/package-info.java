/**
 * Parts that all reports share: HTML pages, JSON of results, panels and tables. No other package
 * uses them.
 */
@NullMarked
package io.adversight.report.format;

import org.jspecify.annotations.NullMarked;
