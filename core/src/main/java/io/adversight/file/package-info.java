/** Writing files so that they are whole, named apart, and written by one process at a time. */
@NullMarked
package io.adversight.file;

import org.jspecify.annotations.NullMarked;
