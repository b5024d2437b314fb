/** The responders to a panel's WebSocket requests, one class for each type of request. */
@NullMarked
package io.adversight.lab.response;

import org.jspecify.annotations.NullMarked;
