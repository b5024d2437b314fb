package io.adversight.lab.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.adversight.lab.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the browser to tests, and a lab with an empty data home to those that leave nothing in it;
 * all of a run share one of each. Where there is none the tests are skipped with a line that says
 * why, except where {@code CI} is set: there they fail.
 */
final class InChromium implements BeforeAllCallback, ParameterResolver {
  @Override
  public void beforeAll(ExtensionContext context) {
    boolean mayBeSkipped = System.getenv("CI") == null;
    if (mayBeSkipped && Chromium.find().isEmpty()) {
      System.err.println("skipped: " + Chromium.MISSING);
      assumeTrue(false, Chromium.MISSING);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Chromium.class || type == Lab.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext.Store store =
        context.getRoot().getStore(ExtensionContext.Namespace.create(InChromium.class));
    return parameter.getParameter().getType() == Chromium.class
        ? store.computeIfAbsent(Chromium.class, key -> Chromium.launch(), Chromium.class)
        : store.computeIfAbsent(SharedLab.class, key -> SharedLab.start(), SharedLab.class).lab();
  }

  /** A lab in a folder that goes with it. */
  private record SharedLab(Lab lab, Path home) implements AutoCloseable {
    static SharedLab start() {
      try {
        Path home = Files.createTempDirectory("lab-of-tests");
        return new SharedLab(Labs.start(home, 0), home);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      lab.close();
      try (Stream<Path> places = Files.walk(home)) {
        for (Path place : places.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(place);
        }
      }
    }
  }
}
