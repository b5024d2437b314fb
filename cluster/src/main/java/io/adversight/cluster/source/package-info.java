/** Where a job's images come from: parts of image sets on any Hadoop file system. */
@NullMarked
package io.adversight.cluster.source;

import org.jspecify.annotations.NullMarked;
