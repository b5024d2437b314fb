/** Where models and data sets are kept, and how they get there. */
@NullMarked
package io.adversight.home;

import org.jspecify.annotations.NullMarked;
