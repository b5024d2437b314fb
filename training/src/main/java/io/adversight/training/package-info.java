/** Networks of the project's own: architectures, recipes and the loop that trains them. */
@NullMarked
package io.adversight.training;

import org.jspecify.annotations.NullMarked;
