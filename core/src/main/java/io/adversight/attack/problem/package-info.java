/** What is asked of an attack. */
@NullMarked
package io.adversight.attack.problem;

import org.jspecify.annotations.NullMarked;
