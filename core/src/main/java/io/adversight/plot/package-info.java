/** Numbers as plots, drawn into PNG files. */
@NullMarked
package io.adversight.plot;

import org.jspecify.annotations.NullMarked;
