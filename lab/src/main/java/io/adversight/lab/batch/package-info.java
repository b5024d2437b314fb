/** Studies of many images that were started in the lab, and their files. */
@NullMarked
package io.adversight.lab.batch;

import org.jspecify.annotations.NullMarked;
