/** The weights of a graph following the gradient of a loss. */
@NullMarked
package io.adversight.graph.training;

import org.jspecify.annotations.NullMarked;
