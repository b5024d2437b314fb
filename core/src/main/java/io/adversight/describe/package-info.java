/**
 * What algorithms say about themselves: descriptions, papers and the ranges of their parameters.
 */
@NullMarked
package io.adversight.describe;

import org.jspecify.annotations.NullMarked;
