/**
 * Certificates: proofs that no image of a ball is classified otherwise, from bounds of every
 * activation over the ball.
 */
@NullMarked
package io.adversight.evaluation.certificate;

import org.jspecify.annotations.NullMarked;
