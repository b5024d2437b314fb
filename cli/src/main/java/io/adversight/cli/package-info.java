/** The command line. */
@NullMarked
package io.adversight.cli;

import org.jspecify.annotations.NullMarked;
