/** Attacks and explanations as transformers of Spark ML, and as functions of Spark SQL. */
@NullMarked
package io.adversight.cluster.ml;

import org.jspecify.annotations.NullMarked;
