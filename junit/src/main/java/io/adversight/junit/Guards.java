package io.adversight.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Makes one test of every guard that a method has.
 *
 * @param <A> the annotation of the guard
 */
abstract class Guards<A extends Annotation> implements TestTemplateInvocationContextProvider {
  private final Class<A> type;
  private final Function<A, String> name;
  private final Function<A, Extension> check;

  /** Guards of one annotation, each with a display name and what checks it. */
  Guards(Class<A> type, Function<A, String> name, Function<A, Extension> check) {
    this.type = type;
    this.name = name;
    this.check = check;
  }

  private List<A> of(Method method) {
    return AnnotationSupport.findRepeatableAnnotations(method, type);
  }

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return !of(context.getRequiredTestMethod()).isEmpty();
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return of(context.getRequiredTestMethod()).stream().map(this::invocation);
  }

  private TestTemplateInvocationContext invocation(A guard) {
    return new TestTemplateInvocationContext() {
      @Override
      public String getDisplayName(int invocationIndex) {
        return name.apply(guard);
      }

      @Override
      public List<Extension> getAdditionalExtensions() {
        return List.of(check.apply(guard));
      }
    };
  }
}
