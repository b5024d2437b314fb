/** Results as folders of images, arrays and JSON, and as one self-contained page. */
@NullMarked
package io.adversight.report;

import org.jspecify.annotations.NullMarked;
