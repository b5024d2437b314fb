/** What several studies measure: attacks and explanations of settings, on several networks. */
@NullMarked
package io.adversight.experiments.grid;

import org.jspecify.annotations.NullMarked;
