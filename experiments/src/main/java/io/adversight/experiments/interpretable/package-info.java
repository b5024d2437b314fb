/** The fourth study: attacks on networks with attention and prototypes. */
@NullMarked
package io.adversight.experiments.interpretable;

import org.jspecify.annotations.NullMarked;
