/**
 * Minimum-norm attacks: DeepFool, Carlini-Wagner, FAB, elastic-net and others. They return the
 * adversarial image of smallest norm that they find.
 */
@NullMarked
package io.adversight.attack.minimal;

import org.jspecify.annotations.NullMarked;
