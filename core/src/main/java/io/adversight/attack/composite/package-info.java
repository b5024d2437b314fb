/** Attacks made of attacks. */
@NullMarked
package io.adversight.attack.composite;

import org.jspecify.annotations.NullMarked;
