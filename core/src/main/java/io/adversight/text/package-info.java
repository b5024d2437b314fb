/** Names as people type them. */
@NullMarked
package io.adversight.text;

import org.jspecify.annotations.NullMarked;
