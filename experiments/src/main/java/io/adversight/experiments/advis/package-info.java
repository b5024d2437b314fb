/** The first study, AdVis: FGSM on ImageNet networks with CAM and graph-based saliency. */
@NullMarked
package io.adversight.experiments.advis;

import org.jspecify.annotations.NullMarked;
