/** Images and maps as plain values: reading, writing, resizing, colouring. */
@NullMarked
package io.adversight.image;

import org.jspecify.annotations.NullMarked;
