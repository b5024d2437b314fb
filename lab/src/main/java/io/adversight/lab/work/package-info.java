/** Who does the work: bounded pools, and work that goes on after its request. */
@NullMarked
package io.adversight.lab.work;

import org.jspecify.annotations.NullMarked;
