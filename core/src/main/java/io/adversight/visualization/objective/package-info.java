/** What is maximized. */
@NullMarked
package io.adversight.visualization.objective;

import org.jspecify.annotations.NullMarked;
