/**
 * Measures the tables and figures of studies again: each {@link
 * io.adversight.experiments.Experiment} has a folder with its settings, the printed numbers and the
 * measured ones, and its claims are judged by stated rules.
 */
@NullMarked
package io.adversight.experiments;

import org.jspecify.annotations.NullMarked;
