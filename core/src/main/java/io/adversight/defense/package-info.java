/** What can be done to a picture before a network sees it, so that a perturbation is lost. */
@NullMarked
package io.adversight.defense;

import org.jspecify.annotations.NullMarked;
