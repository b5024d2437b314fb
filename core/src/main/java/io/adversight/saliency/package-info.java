/** What draws the eye in a picture, computed without any network. */
@NullMarked
package io.adversight.saliency;

import org.jspecify.annotations.NullMarked;
