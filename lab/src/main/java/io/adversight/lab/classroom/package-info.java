/** A lab in front of a class: what the host shows, and challenges with their scores. */
@NullMarked
package io.adversight.lab.classroom;

import org.jspecify.annotations.NullMarked;
