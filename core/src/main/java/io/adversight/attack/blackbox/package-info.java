/**
 * Black-box attacks: score-based, decision-based, by a substitute network, and plain noise. They
 * see logits or decisions of the network, never its gradients, and count their queries.
 */
@NullMarked
package io.adversight.attack.blackbox;

import org.jspecify.annotations.NullMarked;
