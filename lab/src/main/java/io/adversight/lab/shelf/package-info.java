/** What panels are made of: networks opened once for all, and pictures kept for a while. */
@NullMarked
package io.adversight.lab.shelf;

import org.jspecify.annotations.NullMarked;
