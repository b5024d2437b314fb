/** JSON, HTML, sheets. */
@NullMarked
package io.adversight.report.format;

import org.jspecify.annotations.NullMarked;
