/**
 * Image saliency: maps of conspicuous places, computed from the image alone without any network.
 */
@NullMarked
package io.adversight.saliency;

import org.jspecify.annotations.NullMarked;
