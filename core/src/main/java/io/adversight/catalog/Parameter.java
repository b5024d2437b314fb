package io.adversight.catalog;

import io.adversight.describe.Doc;
import io.adversight.input.InputException;
import io.adversight.text.KebabCase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One parameter of an algorithm.
 *
 * @param name in kebab case, as people write it
 * @param component the record component's name
 * @param type the component's type
 * @param element the type of a list's elements; otherwise the same as {@code type}
 * @param doc what it does
 * @param defaultValue the paper's setting
 */
public record Parameter(
    String name,
    String component,
    Class<?> type,
    Class<?> element,
    String doc,
    Object defaultValue) {
  static Parameter of(RecordComponent component, Object defaults) {
    Doc doc = component.getAnnotation(Doc.class);
    if (doc == null) {
      throw new InputException(
          "%s.%s has no @Doc"
              .formatted(component.getDeclaringRecord().getSimpleName(), component.getName()));
    }
    try {
      return new Parameter(
          KebabCase.of(component.getName()),
          component.getName(),
          component.getType(),
          elementType(component.getGenericType(), component.getType()),
          doc.value(),
          component.getAccessor().invoke(defaults));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> elementType(Type generic, Class<?> type) {
    return generic instanceof ParameterizedType list
            && list.getActualTypeArguments()[0] instanceof Class<?> element
        ? element
        : type;
  }

  /** The names of the possible values, for a choice; otherwise empty. */
  public List<String> choices() {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants()).map(Parameter::text).toList();
    }
    return type == boolean.class ? List.of("true", "false") : List.of();
  }

  /** The kind of value in a word, for people. */
  public String typeName() {
    if (type == List.class) {
      return "list of " + simple(element);
    }
    return simple(type);
  }

  private static String simple(Class<?> type) {
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "integer";
    }
    if (type == double.class || type == Double.class) {
      return "number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type.isEnum()) {
      return "choice";
    }
    return type == String.class ? "text" : KebabCase.of(type.getSimpleName());
  }

  /** The default as people write it. */
  public String defaultText() {
    return text(defaultValue);
  }

  private static String text(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Parameter::text).collect(Collectors.joining(","));
    }
    if (value instanceof Record) {
      return KebabCase.of(value.getClass().getSimpleName());
    }
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString(number.longValue());
    }
    return String.valueOf(value);
  }

  /** The value that {@code text} stands for. */
  Object read(String text) {
    if (type == List.class) {
      return text.isBlank()
          ? List.of()
          : Call.split(text).stream().map(part -> read(part.strip(), element)).toList();
    }
    return read(text.strip(), type);
  }

  private Object read(String text, Class<?> wanted) {
    try {
      if (wanted == int.class || wanted == Integer.class) {
        return Integer.parseInt(text);
      }
      if (wanted == long.class || wanted == Long.class) {
        return Long.parseLong(text);
      }
      if (wanted == double.class || wanted == Double.class) {
        return Numbers.read(text);
      }
    } catch (NumberFormatException e) {
      throw new InputException(
          "%s must be %s, but \"%s\" was given".formatted(name, article(wanted), text), e);
    }
    if (wanted == boolean.class) {
      return truth(text);
    }
    if (wanted.isEnum()) {
      return choice(text, wanted);
    }
    if (wanted == String.class) {
      return text;
    }
    return algorithm(text, wanted);
  }

  /** An algorithm of the catalogue: {@code deep-fool} or {@code deep-fool(steps=20, ...)}. */
  private Object algorithm(String text, Class<?> wanted) {
    Call call = call(text);
    String id = call.id();
    Entry<?> found =
        Catalog.entries().stream()
            .filter(entry -> wanted.isAssignableFrom(entry.type()) && entry.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        "%s must be one of %s, but \"%s\" was given"
                            .formatted(
                                name,
                                Catalog.entries().stream()
                                    .filter(entry -> wanted.isAssignableFrom(entry.type()))
                                    .map(Entry::id)
                                    .collect(Collectors.joining(", ")),
                                text)));
    return found.create(call.parameters());
  }

  private Call call(String text) {
    try {
      return Call.parse(text);
    } catch (InputException e) {
      throw new InputException(name + ": " + e.getMessage(), e);
    }
  }

  private static String article(Class<?> wanted) {
    return simple(wanted).equals("integer") ? "an integer" : "a number";
  }

  private boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "" -> true;
      case "false", "no", "off" -> false;
      default ->
          throw new InputException(
              "%s must be true or false, but \"%s\" was given".formatted(name, text));
    };
  }

  private Object choice(String text, Class<?> wanted) {
    for (Object constant : wanted.getEnumConstants()) {
      if (text(constant).equals(text.toLowerCase(Locale.ROOT).replace('_', '-'))) {
        return constant;
      }
    }
    throw new InputException(
        "%s must be one of %s, but \"%s\" was given"
            .formatted(
                name,
                Arrays.stream(wanted.getEnumConstants())
                    .map(Parameter::text)
                    .collect(Collectors.joining(", ")),
                text));
  }
}
