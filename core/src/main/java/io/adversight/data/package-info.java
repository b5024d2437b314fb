/** Data sets and their readers. */
@NullMarked
package io.adversight.data;

import org.jspecify.annotations.NullMarked;
