package io.adversight.graph.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.tensor.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * ONNX's own conformance suite, {@code onnx/backend/test/data} of its repository, in the folder
 * that the system property {@code adversight.conformance} names. The build does not run it, for it
 * has no such folder: {@code -Dtest=ConformanceSuite} does.
 */
class ConformanceSuite {
  private static final String FOLDER = "adversight.conformance";

  /** Where ONNX Runtime, too, gives what Adversight gives, and not what the suite says. */
  private static final Set<String> AS_ONNX_RUNTIME =
      Set.of(
          "test_resize_downsample_scales_cubic_align_corners",
          "test_resize_downsample_scales_linear_align_corners");

  @Test
  void isRightWhereItDoesNotRefuse() throws IOException {
    String folder = System.getProperty(FOLDER);
    assertThat(folder).as("-D%s names the folder of the suite".formatted(FOLDER)).isNotNull();
    Engine.setThreads(1);
    List<ConformanceCase.Result> results = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      files
          .filter(file -> file.endsWith("model.onnx"))
          .map(Path::getParent)
          .filter(each -> !AS_ONNX_RUNTIME.contains(each.getFileName().toString()))
          .sorted()
          .map(ConformanceCase::in)
          .flatMap(Optional::stream)
          .forEach(
              each -> {
                ConformanceCase.Result result = each.result();
                results.add(result);
                if (result.verdict() != ConformanceCase.Verdict.RIGHT) {
                  System.out.println(result.verdict() + "\t" + result.name() + "\t" + result.why());
                }
              });
    }
    for (ConformanceCase.Verdict verdict : ConformanceCase.Verdict.values()) {
      long count = results.stream().filter(result -> result.verdict() == verdict).count();
      System.out.println(verdict + ": " + count + " of " + results.size());
    }
    assertThat(results)
        .filteredOn(result -> result.verdict() == ConformanceCase.Verdict.WRONG)
        .isEmpty();
  }
}
