package io.adversight.lab.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the browser to tests; all of a run share one. Where there is none the tests are skipped
 * with a line that says why, except where {@code CI} is set: there they fail.
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
    return parameter.getParameter().getType() == Chromium.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(InChromium.class))
        .computeIfAbsent(Chromium.class, key -> Chromium.launch(), Chromium.class);
  }
}
