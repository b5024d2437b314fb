/** Where images come from. */
@NullMarked
package io.adversight.study.picture;

import org.jspecify.annotations.NullMarked;
