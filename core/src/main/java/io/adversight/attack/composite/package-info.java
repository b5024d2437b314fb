/**
 * Attacks built from other attacks: AutoAttack, bisection of epsilon, and minimum-norm attacks
 * bounded to a ball. They add no gradient computations of their own.
 */
@NullMarked
package io.adversight.attack.composite;

import org.jspecify.annotations.NullMarked;
