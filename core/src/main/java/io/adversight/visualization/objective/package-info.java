/**
 * Objectives of feature visualization: a class, channel, neuron, layer or direction, and their text
 * form on the command line.
 */
@NullMarked
package io.adversight.visualization.objective;

import org.jspecify.annotations.NullMarked;
