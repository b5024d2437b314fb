/**
 * The problem that an attack solves: images, labels, goal, loss, and the norm ball around each
 * image. Everything that an attack may compute of the network goes through it and is counted.
 */
@NullMarked
package io.adversight.attack.problem;

import org.jspecify.annotations.NullMarked;
