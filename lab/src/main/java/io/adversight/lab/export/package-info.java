/** What a visitor takes away: pictures, arrays, numbers, and the command that makes them again. */
@NullMarked
package io.adversight.lab.export;

import org.jspecify.annotations.NullMarked;
