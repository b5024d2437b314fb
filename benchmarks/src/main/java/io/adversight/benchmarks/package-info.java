/** Benchmarks; each claim of speed is a ratio within one run. */
@NullMarked
package io.adversight.benchmarks;

import org.jspecify.annotations.NullMarked;
