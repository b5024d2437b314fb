/** Studies of explanations. */
@NullMarked
package io.adversight.study.explanation;

import org.jspecify.annotations.NullMarked;
