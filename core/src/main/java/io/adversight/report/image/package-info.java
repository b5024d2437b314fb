/** Folders of made images. */
@NullMarked
package io.adversight.report.image;

import org.jspecify.annotations.NullMarked;
