/** What can be asked of a panel over its WebSocket, one class for each type of question. */
@NullMarked
package io.adversight.lab.answer;

import org.jspecify.annotations.NullMarked;
