package io.adversight.lab.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON schemas of records by their simple names: what is required, and what may be null. */
final class Schemas {
  private static final JsonMapper MAPPER = io.adversight.text.Json.MAPPER;
  private static final Map<Class<?>, String> PRIMITIVES =
      Map.of(
          String.class, "string",
          boolean.class, "boolean",
          int.class, "integer",
          long.class, "integer",
          double.class, "number",
          float.class, "number");
  private static final Map<Class<?>, Class<?>> BOXED =
      Map.of(
          Boolean.class, boolean.class,
          Integer.class, int.class,
          Long.class, long.class,
          Double.class, double.class,
          Float.class, float.class);

  private final ObjectNode all = MAPPER.createObjectNode();
  private final Map<String, Class<?>> named = new HashMap<>();

  ObjectNode all() {
    return all;
  }

  /** The schema of a record, a list or a map; those of records are put among all. */
  ObjectNode of(Type type) {
    return type instanceof ParameterizedType generic
        ? generic(
            (Class<?>) generic.getRawType(),
            of(generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1]))
        : ofClass((Class<?>) type);
  }

  private ObjectNode of(AnnotatedType type) {
    ObjectNode schema;
    if (type instanceof AnnotatedParameterizedType generic) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      Class<?> raw = (Class<?>) ((ParameterizedType) type.getType()).getRawType();
      schema = generic(raw, of(arguments[arguments.length - 1]));
    } else {
      schema = ofClass((Class<?>) type.getType());
    }
    return type.isAnnotationPresent(Nullable.class) ? orNull(schema) : schema;
  }

  private static ObjectNode orNull(ObjectNode schema) {
    ObjectNode either = MAPPER.createObjectNode();
    ArrayNode choices = either.putArray("anyOf");
    choices.add(schema);
    choices.addObject().put("type", "null");
    return either;
  }

  private static ObjectNode generic(Class<?> raw, ObjectNode element) {
    ObjectNode schema = MAPPER.createObjectNode();
    if (Collection.class.isAssignableFrom(raw)) {
      schema.put("type", "array");
      schema.set("items", element);
    } else if (Map.class.isAssignableFrom(raw)) {
      schema.put("type", "object");
      schema.set("additionalProperties", element);
    } else {
      throw new IllegalStateException("there is no schema of " + raw);
    }
    return schema;
  }

  private ObjectNode ofClass(Class<?> type) {
    ObjectNode schema = MAPPER.createObjectNode();
    String primitive = PRIMITIVES.get(BOXED.getOrDefault(type, type));
    if (primitive != null) {
      schema.put("type", primitive);
    } else if (type.isRecord()) {
      String name = type.getSimpleName();
      Class<?> other = named.putIfAbsent(name, type);
      if (other == null) {
        all.set(name, MAPPER.createObjectNode());
        all.set(name, ofRecord(type));
      } else if (other != type) {
        throw new IllegalStateException(
            "%s and %s have the same name; rename one".formatted(other, type));
      }
      schema.put("$ref", "#/components/schemas/" + name);
    } else if (type == JsonNode.class) {
      schema.put("type", "object");
    } else if (type == Object.class) {
      ArrayNode scalars = schema.putArray("type");
      List.of("string", "number", "boolean").forEach(scalars::add);
    } else {
      throw new IllegalStateException("there is no schema of " + type);
    }
    return schema;
  }

  private ObjectNode ofRecord(Class<?> type) {
    ObjectNode schema = MAPPER.createObjectNode();
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (RecordComponent component : type.getRecordComponents()) {
      ObjectNode property = of(component.getAnnotatedType());
      OneOf values = component.getAccessor().getAnnotation(OneOf.class);
      if (values != null) {
        ArrayNode allowed = property.putArray("enum");
        List.of(values.value()).forEach(allowed::add);
      }
      if (!isNullable(component)) {
        required.add(jsonName(component));
      }
      properties.set(jsonName(component), property);
    }
    return schema;
  }

  static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  static String jsonName(RecordComponent component) {
    AnnotatedElement accessor = component.getAccessor();
    JsonProperty given = accessor.getAnnotation(JsonProperty.class);
    return given == null ? component.getName() : given.value();
  }
}
