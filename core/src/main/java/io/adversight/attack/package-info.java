/** Adversarial examples: problems, balls, and the attacks that solve them. */
@NullMarked
package io.adversight.attack;

import org.jspecify.annotations.NullMarked;
