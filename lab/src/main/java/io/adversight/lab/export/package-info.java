/** Exports: images, arrays, numbers, and the command that reproduces them. */
@NullMarked
package io.adversight.lab.export;

import org.jspecify.annotations.NullMarked;
