/** Faithfulness, sanity, explanation attacks. */
@NullMarked
package io.adversight.evaluation.explanation;

import org.jspecify.annotations.NullMarked;
