/**
 * Symbolic differentiation: a graph extended by the gradients of an objective, in operators of
 * inference only. Every operator has one small rule, in the file of its family.
 */
@NullMarked
package io.adversight.graph.derivative;

import org.jspecify.annotations.NullMarked;
