/** What draws the eye in an image, computed without any network. */
@NullMarked
package io.adversight.saliency;

import org.jspecify.annotations.NullMarked;
