/**
 * Attacks that move the code of a generative model instead of pixels: transitions between classes
 * and Type I adversarial examples. What the attacked network is shown is the decoded image.
 */
@NullMarked
package io.adversight.attack.latent;

import org.jspecify.annotations.NullMarked;
