package io.adversight.visualization;

import io.adversight.tensor.Tensor;

/**
 * The value that is climbed and its gradient.
 *
 * @param values of the objective less the penalties, (N)
 * @param gradient with respect to the numbers of the parameterisation, in their shape
 * @param through whether some image's objective had no slope, so that its gradient was let through
 *     the rectifiers
 */
record ObjectiveGradient(Tensor values, Tensor gradient, boolean through) {}
