package io.adversight.attribution;

import io.adversight.text.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Values of explanations of the formula network, logit 3, from independent implementations; they
 * stand in {@code reference.json}.
 */
public enum Reference {
  INPUT,
  RELU2,
  GRADIENT,
  CROSS_ENTROPY_GRADIENT,
  INPUT_X_GRADIENT,
  GUIDED,
  DECONVNET,
  INTEGRATED_GRADIENTS,
  DEEP_LIFT,
  SMOOTH_GRAD,
  OCCLUSION,
  OCCLUSION_OVERLAPPING,
  GRAD_CAM,
  GRAD_CAM_CONV2,
  GRAD_CAM_POOL1,
  GRAD_CAM_LIBRARY_IMAGE,
  PLUS_PAPER,
  PLUS_WITH_EPSILON,
  PLUS_SUM_OF_PRODUCTS,
  PLUS_NORMALIZED,
  SCORE_ALIGNED,
  SCORE_SCALED_FIRST,
  SCORE_AUTHORS,
  XGRAD_CAM,
  LAYER_CAM,
  HI_RES_CAM,
  ELEMENT_WISE,
  ABLATION_CAM,
  EIGEN_CAM,
  GUIDED_GRAD_CAM,
  CAM,
  ADVERSARIAL,
  ADVERSARIAL_GRAD_CAM_3,
  ADVERSARIAL_GRAD_CAM_2;

  private static final JsonNode ALL = read();

  private static JsonNode read() {
    try (InputStream in = Reference.class.getResourceAsStream("reference.json")) {
      return Json.MAPPER.readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In row-major order. */
  public double[] numbers() {
    String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
    return ALL.required(name).values().stream().mapToDouble(JsonNode::doubleValue).toArray();
  }
}
