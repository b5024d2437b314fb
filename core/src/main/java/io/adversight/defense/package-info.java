/**
 * Defences by input transformation: what is done to an image before classification, so that a
 * perturbation is reduced.
 */
@NullMarked
package io.adversight.defense;

import org.jspecify.annotations.NullMarked;
