/** What was given from outside and cannot be used. Knows nothing of any other package. */
@NullMarked
package io.adversight.input;

import org.jspecify.annotations.NullMarked;
