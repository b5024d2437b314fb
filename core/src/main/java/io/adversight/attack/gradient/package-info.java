/**
 * White-box gradient attacks inside an epsilon ball: FGSM, PGD, Auto-PGD and their relatives. The
 * transfer attacks are lists of gradient transforms within one loop.
 */
@NullMarked
package io.adversight.attack.gradient;

import org.jspecify.annotations.NullMarked;
