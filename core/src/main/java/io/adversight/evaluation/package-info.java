/** What is measured of networks, attacks and explanations together. */
@NullMarked
package io.adversight.evaluation;

import org.jspecify.annotations.NullMarked;
