/** Live pictures: questions over a WebSocket, of which the newest wins, and binary answers. */
@NullMarked
package io.adversight.lab.live;

import org.jspecify.annotations.NullMarked;
