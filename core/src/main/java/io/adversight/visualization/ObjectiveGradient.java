package io.adversight.visualization;

import io.adversight.tensor.Tensor;

/**
 * The value that is maximized and its gradient.
 *
 * @param values of the objective less the penalties, (N)
 * @param gradient with respect to the numbers of the parameterisation, in their shape
 * @param through whether the gradient of some image was zero, so that it was computed straight
 *     through the rectifiers
 */
record ObjectiveGradient(Tensor values, Tensor gradient, boolean through) {}
