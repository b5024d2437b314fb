/** Folders of generated images, and the page that shows them. */
@NullMarked
package io.adversight.report.image;

import org.jspecify.annotations.NullMarked;
