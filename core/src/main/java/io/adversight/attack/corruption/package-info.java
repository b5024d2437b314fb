/**
 * Image corruptions with random strength: noise, blur, brightness, contrast, perspective, JPEG.
 * They test the survival of adversarial examples and take part in EOT-PGD. The common corruptions
 * of ImageNet-C have fixed severities instead.
 */
@NullMarked
package io.adversight.attack.corruption;

import org.jspecify.annotations.NullMarked;
