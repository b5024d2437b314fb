/**
 * Benchmarks; each claim of speed is a ratio within one run. Not null-marked: JMH fills its states
 * after they are constructed.
 */
package io.adversight.benchmarks;
