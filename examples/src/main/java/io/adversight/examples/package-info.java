/**
 * Short programs, to be read in order. Each says what you will see, runs offline in seconds and
 * writes its images to the folder that its only argument names, or else to {@code examples-out}.
 */
@NullMarked
package io.adversight.examples;

import org.jspecify.annotations.NullMarked;
