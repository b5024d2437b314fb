/** Attacks and explanations of many pictures, as one value in and one folder out. */
@NullMarked
package io.adversight.study;

import org.jspecify.annotations.NullMarked;
