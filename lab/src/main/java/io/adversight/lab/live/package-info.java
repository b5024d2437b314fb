/** The WebSocket: JSON requests, of which the newest wins, and binary frames. */
@NullMarked
package io.adversight.lab.live;

import org.jspecify.annotations.NullMarked;
