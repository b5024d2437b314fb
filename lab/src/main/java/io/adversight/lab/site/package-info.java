/** The static copy of a lab: plain files that need no server. */
@NullMarked
package io.adversight.lab.site;

import org.jspecify.annotations.NullMarked;
