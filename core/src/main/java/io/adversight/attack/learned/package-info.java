/** Attacks that a network was trained to make. */
@NullMarked
package io.adversight.attack.learned;

import org.jspecify.annotations.NullMarked;
