/** Where images come from. */
@NullMarked
package io.adversight.study.image;

import org.jspecify.annotations.NullMarked;
