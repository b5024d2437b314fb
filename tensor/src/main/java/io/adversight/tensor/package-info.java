/**
 * Tensors in native memory, their scopes, gradients and randomness: the only package that knows
 * libtorch.
 */
@NullMarked
package io.adversight.tensor;

import org.jspecify.annotations.NullMarked;
