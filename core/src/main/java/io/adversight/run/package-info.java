/** What accompanies a piece of work: randomness, progress, cancelling, counting. */
@NullMarked
package io.adversight.run;

import org.jspecify.annotations.NullMarked;
