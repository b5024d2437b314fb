/**
 * Adversarial examples: the interfaces of attacks, {@code Attacks}, which runs them, and their
 * result. Families of attacks lie in the sub-packages.
 */
@NullMarked
package io.adversight.attack;

import org.jspecify.annotations.NullMarked;
