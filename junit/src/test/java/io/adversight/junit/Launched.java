package io.adversight.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * How a test ended.
 *
 * @param name its display name
 * @param status whether it succeeded, failed or was aborted
 * @param message of what it threw; empty if it threw nothing
 */
record Launched(String name, TestExecutionResult.Status status, String message) {
  /** Runs the tests of one method, as a build does. */
  static List<Launched> run(Class<?> type, String method, Map<String, String> configuration) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectMethod(type.getName() + "#" + method))
            .configurationParameters(configuration)
            .build();
    List<Launched> ended = new ArrayList<>();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                Optional<Throwable> thrown = result.getThrowable();
                if (test.isTest() || thrown.isPresent()) {
                  ended.add(
                      new Launched(
                          test.getDisplayName(),
                          result.getStatus(),
                          thrown.map(t -> String.valueOf(t.getMessage())).orElse("")));
                }
              }
            });
    return ended;
  }
}
