/** Random image corruptions. */
@NullMarked
package io.adversight.attack.corruption;

import org.jspecify.annotations.NullMarked;
