/** Bounded thread pools, and jobs that outlive their request. */
@NullMarked
package io.adversight.lab.work;

import org.jspecify.annotations.NullMarked;
