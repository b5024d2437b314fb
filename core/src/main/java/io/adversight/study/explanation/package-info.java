/**
 * Studies of explanations over many images: faithfulness, sanity checks, explanation attacks and
 * object shares.
 */
@NullMarked
package io.adversight.study.explanation;

import org.jspecify.annotations.NullMarked;
