/**
 * Feature visualization: optimization of images that maximize an objective, inversion, DeepDream
 * and caricatures. The parts lie in the sub-packages.
 */
@NullMarked
package io.adversight.visualization;

import org.jspecify.annotations.NullMarked;
