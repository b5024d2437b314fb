/**
 * Parts of iterative attacks that several families share: the images still attacked, restarts, the
 * best result so far, optimizers. No other package uses them.
 */
@NullMarked
package io.adversight.attack.iteration;

import org.jspecify.annotations.NullMarked;
