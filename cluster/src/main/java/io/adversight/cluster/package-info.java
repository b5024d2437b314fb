/** Studies over large sets of images on Apache Spark: the job, its tasks and its results. */
@NullMarked
package io.adversight.cluster;

import org.jspecify.annotations.NullMarked;
