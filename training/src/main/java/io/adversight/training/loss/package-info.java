/** What a training makes small: losses of a pass, and objectives of adversarial training. */
@NullMarked
package io.adversight.training.loss;

import org.jspecify.annotations.NullMarked;
