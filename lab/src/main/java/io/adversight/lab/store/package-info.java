/** Stores: networks, opened once for all sessions, and images, kept for a while. */
@NullMarked
package io.adversight.lab.store;

import org.jspecify.annotations.NullMarked;
