/**
 * Universal attacks: one perturbation or patch for all images. A change is crafted on some images
 * and evaluated on others.
 */
@NullMarked
package io.adversight.attack.universal;

import org.jspecify.annotations.NullMarked;
