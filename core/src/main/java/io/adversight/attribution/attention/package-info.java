/**
 * Explanations of networks that attend: what their attention weights say, alone, multiplied through
 * the blocks, or weighted by gradients.
 */
@NullMarked
package io.adversight.attribution.attention;

import org.jspecify.annotations.NullMarked;
