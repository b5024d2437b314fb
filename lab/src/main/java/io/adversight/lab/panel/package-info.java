/** What one panel shows: an image, a network, an attack, and everything computed of them. */
@NullMarked
package io.adversight.lab.panel;

import org.jspecify.annotations.NullMarked;
