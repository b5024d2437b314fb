/** The third study: Type I attacks and class activation maps. */
@NullMarked
package io.adversight.experiments.typeone;

import org.jspecify.annotations.NullMarked;
