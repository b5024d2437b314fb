package io.adversight.lab.http;

import io.adversight.input.InputException;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Explains why JSON does not match the expected record. */
public final class UnreadableJson {
  private UnreadableJson() {}

  /** One sentence that names fields and never a class of this program. */
  public static String explained(JacksonException error) {
    if (error instanceof StreamConstraintsException) {
      return "the JSON is nested too deeply, or holds too long a name, number or text";
    }
    if (error instanceof StreamReadException) {
      return "this is no JSON: %s (line %s, column %s)"
          .formatted(
              error.getOriginalMessage().replaceFirst("(?s)\\s*at \\[.*", ""),
              error.getLocation().getLineNr(),
              error.getLocation().getColumnNr());
    }
    String place = place(error.getPath());
    String subject = place.isEmpty() ? "the JSON" : '"' + place + '"';
    if (error instanceof ValueInstantiationException made
        && made.getCause() instanceof InputException refused) {
      String why = String.valueOf(refused.getMessage());
      return place.isEmpty() ? why : subject + ": " + why;
    }
    if (error instanceof ValueInstantiationException) {
      return subject + " is incomplete: it holds null where there must be a value";
    }
    if (error instanceof MismatchedInputException mismatched) {
      return "%s must be %s".formatted(subject, kind(mismatched.getTargetType()));
    }
    return subject + " cannot be read";
  }

  private static String place(List<Reference> path) {
    StringBuilder place = new StringBuilder();
    for (Reference step : path) {
      if (step.getPropertyName() == null) {
        place.append('[').append(Integer.toString(step.getIndex())).append(']');
      } else {
        place.append(place.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return place.toString();
  }

  private static String kind(@Nullable Class<?> type) {
    if (type == null) {
      return "something else";
    }
    Class<?> boxed =
        type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0).getClass() : type;
    if (boxed == Integer.class || boxed == Long.class) {
      return "a whole number that fits";
    }
    if (Number.class.isAssignableFrom(boxed)) {
      return "a number";
    }
    if (boxed == Boolean.class) {
      return "true or false";
    }
    if (boxed == String.class) {
      return "a text";
    }
    if (Collection.class.isAssignableFrom(boxed)) {
      return "a list";
    }
    return boxed.isRecord() || Map.class.isAssignableFrom(boxed) ? "an object" : "something else";
  }
}
