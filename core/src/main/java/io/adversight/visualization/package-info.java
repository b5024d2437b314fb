/** What a network has learned: images made, found or taken apart for its neurons. */
@NullMarked
package io.adversight.visualization;

import org.jspecify.annotations.NullMarked;
