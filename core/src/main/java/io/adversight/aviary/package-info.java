/** The project's own birds: twelve species drawn from a seed, with exact masks of their parts. */
@NullMarked
package io.adversight.aviary;

import org.jspecify.annotations.NullMarked;
