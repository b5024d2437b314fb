/**
 * The list of all algorithms, and what can be read off them: parameters, defaults, ranges, papers.
 */
@NullMarked
package io.adversight.catalog;

import org.jspecify.annotations.NullMarked;
