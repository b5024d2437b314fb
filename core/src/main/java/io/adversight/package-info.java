/**
 * The short way in: open a model, attack an image, explain a prediction. Everything here is a thin
 * layer over the packages below, whose types it takes and hands out.
 */
@NullMarked
package io.adversight;

import org.jspecify.annotations.NullMarked;
