package io.adversight.model;

import io.adversight.input.InputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What computes passes: forward ones, and gradients that are symbolic. Other gradients are always
 * libtorch's.
 */
public enum EngineChoice {
  /** ONNX Runtime where it takes the network, else libtorch. */
  AUTO,
  LIBTORCH,
  ONNXRUNTIME;

  /**
   * The engine of that name, in lower case.
   *
   * @throws InputException naming those there are
   */
  public static EngineChoice named(String name) {
    return Arrays.stream(values())
        .filter(engine -> engine.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "there is no engine \"%s\"; the engines are %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(EngineChoice::toString)
                                .collect(Collectors.joining(", ")))));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
