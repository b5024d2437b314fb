/** Tests that guard a model: its robust accuracy, and its explanations. */
@NullMarked
package io.adversight.junit;

import org.jspecify.annotations.NullMarked;
