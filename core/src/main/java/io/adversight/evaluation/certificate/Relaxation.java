package io.adversight.evaluation.certificate;

import io.adversight.tensor.Tensor;

/** Two affine functions between which a layer's function lies over its input's interval. */
interface Relaxation {
  /** The lower function of an input (S, ...). */
  Tensor lower(Tensor x);

  /** The upper function of an input (S, ...). */
  Tensor upper(Tensor x);
}
