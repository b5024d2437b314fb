package io.adversight.lab.http;

import io.adversight.input.InputException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that a record read from JSON has a value in every component that may not be null. */
final class Complete {
  private Complete() {}

  /**
   * {@code value} itself.
   *
   * @throws InputException if it is null, or a component at any depth is null that is not {@link
   *     Nullable}; the message names its place, such as {@code state.attack.id}
   */
  static <T> T checked(@Nullable T value, Class<T> type) {
    if (value == null) {
      throw new InputException(
          "the JSON is null; it must be an object with %s".formatted(fields(type)));
    }
    check(value, "");
    return value;
  }

  private static String fields(Class<?> type) {
    List<String> names =
        type.isRecord()
            ? java.util.Arrays.stream(type.getRecordComponents()).map(Schemas::jsonName).toList()
            : List.of("fields");
    return String.join(", ", names);
  }

  private static void check(Object value, String place) {
    if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        String inner = (place.isEmpty() ? "" : place + ".") + Schemas.jsonName(component);
        Object held = held(value, component);
        if (held != null) {
          check(held, inner);
        } else if (!Schemas.isNullable(component)) {
          throw missing(inner);
        }
      }
    } else if (value instanceof List<?> list) {
      checkAll(list.iterator(), place);
    } else if (value instanceof Map<?, ?> map) {
      checkAll(map.values().iterator(), place);
    }
  }

  private static void checkAll(Iterator<?> values, String place) {
    for (int i = 0; values.hasNext(); i++) {
      String inner = "%s[%s]".formatted(place, i);
      Object held = values.next();
      if (held == null) {
        throw missing(inner);
      }
      check(held, inner);
    }
  }

  private static InputException missing(String place) {
    return new InputException("\"%s\" is missing or null; give it".formatted(place));
  }

  private static @Nullable Object held(Object value, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
