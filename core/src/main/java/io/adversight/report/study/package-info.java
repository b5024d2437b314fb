/**
 * The folder of an attack or explanation study: one folder per image, sheets of maps, animations
 * and the HTML report.
 */
@NullMarked
package io.adversight.report.study;

import org.jspecify.annotations.NullMarked;
