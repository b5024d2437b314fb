/** The lab: attacks and explanations live in the browser. */
@NullMarked
package io.adversight.lab;

import org.jspecify.annotations.NullMarked;
