package io.adversight.catalog;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.text.KebabCase;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One algorithm: a record whose components are its parameters and whose no-argument constructor is
 * the paper's setting. The record is looked at when something beyond its name is asked, as most
 * programs use few of them.
 */
public final class Entry<T> {
  private final Kind kind;
  private final String id;
  private final Class<T> type;
  private @Nullable Description description;

  private Entry(Kind kind, String id, Class<T> type) {
    this.kind = kind;
    this.id = id;
    this.type = type;
  }

  static <T> Entry<T> of(Kind kind, Class<T> type) {
    return new Entry<>(kind, KebabCase.of(type.getSimpleName()), type);
  }

  /** What the annotations of a record say. */
  private record Description(String title, String paper, List<Parameter> parameters) {
    static Description of(Class<?> type) {
      if (!type.isRecord()) {
        throw new IllegalArgumentException(type + " is not a record");
      }
      Object defaults = instantiate(constructor(type));
      Doc doc = type.getAnnotation(Doc.class);
      Paper paper = type.getAnnotation(Paper.class);
      if (doc == null) {
        throw new IllegalArgumentException(type + " has no @Doc");
      }
      List<Parameter> parameters =
          Arrays.stream(type.getRecordComponents())
              .map(component -> Parameter.of(component, defaults))
              .toList();
      return new Description(doc.value(), paper == null ? "" : paper.value(), parameters);
    }
  }

  private synchronized Description description() {
    if (description == null) {
      description = Description.of(type);
    }
    return description;
  }

  /** What it does. */
  public Kind kind() {
    return kind;
  }

  /** Its class name in kebab case. */
  public String id() {
    return id;
  }

  /** Its name in words. */
  public String title() {
    return description().title();
  }

  /** Its key in the bibliography; empty if it has none. */
  public String paper() {
    return description().paper();
  }

  /** The record. */
  public Class<T> type() {
    return type;
  }

  /** Its parameters, in the order of the components. */
  public List<Parameter> parameters() {
    return description().parameters();
  }

  /** The algorithm in the paper's setting. */
  public T create() {
    return type.cast(instantiate(constructor(type)));
  }

  /**
   * The algorithm with some parameters changed, given by name as text.
   *
   * @throws NoSuchElementException if there is no such parameter
   * @throws IllegalArgumentException if a value cannot be read or is out of range
   */
  public T create(Map<String, String> changes) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, String> change : changes.entrySet()) {
      Parameter parameter = parameter(change.getKey());
      try {
        values.put(parameter.component(), parameter.read(change.getValue()));
      } catch (IllegalArgumentException e) {
        throw new InputException(id + ": " + e.getMessage(), e);
      }
    }
    return with(values);
  }

  /** The algorithm with some components changed. */
  T with(Map<String, Object> changes) {
    Object[] arguments =
        parameters().stream()
            .map(p -> changes.getOrDefault(p.component(), p.defaultValue()))
            .toArray();
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.cast(instantiate(constructor(type, types), arguments));
    } catch (IllegalArgumentException e) {
      throw new InputException(id + ": " + e.getMessage(), e);
    }
  }

  /**
   * Whether the record's checks accept this value of one component, the others at their defaults.
   */
  boolean accepts(Parameter parameter, Object value) {
    try {
      with(Map.of(parameter.component(), value));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The parameter of that name.
   *
   * @throws NoSuchElementException naming the parameters there are
   */
  public Parameter parameter(String name) {
    return parameters().stream()
        .filter(parameter -> parameter.name().equals(KebabCase.of(name)))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "%s has no parameter \"%s\"; it has %s"
                        .formatted(
                            id,
                            name,
                            parameters().isEmpty()
                                ? "none"
                                : parameters().stream()
                                    .map(Parameter::name)
                                    .collect(Collectors.joining(", ")))));
  }

  /** The values that a numeric parameter may have, in words, found by asking the record itself. */
  public String range(Parameter parameter) {
    return Range.of(this, parameter);
  }

  private static <T> Constructor<T> constructor(Class<T> type, Class<?>... types) {
    try {
      return type.getConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(
          type + " needs a public constructor of " + Arrays.toString(types), e);
    }
  }

  private static Object instantiate(Constructor<?> constructor, Object... arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
