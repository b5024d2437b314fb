/** What can be done to an image before a network sees it, so that a perturbation is lost. */
@NullMarked
package io.adversight.defense;

import org.jspecify.annotations.NullMarked;
