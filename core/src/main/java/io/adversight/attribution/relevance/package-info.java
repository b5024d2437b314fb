/** LRP, DeepLIFT. */
@NullMarked
package io.adversight.attribution.relevance;

import org.jspecify.annotations.NullMarked;
