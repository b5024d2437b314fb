/** The second study: heat maps of CIFAR-10 images before and after FGSM. */
@NullMarked
package io.adversight.experiments.fgsmmaps;

import org.jspecify.annotations.NullMarked;
