/** Attacks and explanations of many images, as one value in and one folder out. */
@NullMarked
package io.adversight.study;

import org.jspecify.annotations.NullMarked;
