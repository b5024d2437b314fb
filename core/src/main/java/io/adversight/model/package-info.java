/** Classifiers: networks with their preprocessing, their labels and where they come from. */
@NullMarked
package io.adversight.model;

import org.jspecify.annotations.NullMarked;
