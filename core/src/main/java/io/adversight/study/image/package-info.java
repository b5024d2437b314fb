/** The images of a study: files, folders and data sets, read one at a time and checked first. */
@NullMarked
package io.adversight.study.image;

import org.jspecify.annotations.NullMarked;
