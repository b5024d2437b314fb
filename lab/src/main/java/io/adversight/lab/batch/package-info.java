/** Studies of many pictures that were started in the lab, and what is kept of them. */
@NullMarked
package io.adversight.lab.batch;

import org.jspecify.annotations.NullMarked;
