package io.adversight.lab.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON schemas of records: what must be there, and what may be null. */
final class Schemas {
  private static final JsonMapper MAPPER = io.adversight.text.Json.MAPPER;

  private final ObjectNode all = MAPPER.createObjectNode();

  ObjectNode all() {
    return all;
  }

  /** A schema of a type; that of a record is put among all and referred to. */
  ObjectNode of(Type type) {
    if (type instanceof Class<?> plain) {
      return ofClass(plain);
    }
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic);
    }
    return MAPPER.createObjectNode();
  }

  private ObjectNode ofGeneric(ParameterizedType generic) {
    ObjectNode schema = MAPPER.createObjectNode();
    Class<?> raw = (Class<?>) generic.getRawType();
    Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
    if (Collection.class.isAssignableFrom(raw)) {
      schema.put("type", "array");
      schema.set("items", of(last));
    } else if (Map.class.isAssignableFrom(raw)) {
      schema.put("type", "object");
      schema.set("additionalProperties", of(last));
    }
    return schema;
  }

  private ObjectNode ofClass(Class<?> type) {
    ObjectNode schema = MAPPER.createObjectNode();
    if (type == String.class) {
      schema.put("type", "string");
    } else if (type == boolean.class || type == Boolean.class) {
      schema.put("type", "boolean");
    } else if (type == int.class
        || type == long.class
        || type == Integer.class
        || type == Long.class) {
      schema.put("type", "integer");
    } else if (type == double.class
        || type == float.class
        || type == Double.class
        || type == Float.class) {
      schema.put("type", "number");
    } else if (type.isRecord()) {
      String name = name(type);
      if (!all.has(name)) {
        all.set(name, MAPPER.createObjectNode());
        all.set(name, ofRecord(type));
      }
      schema.put("$ref", "#/components/schemas/" + name);
    }
    return schema;
  }

  private static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null ? type.getSimpleName() : outer.getSimpleName() + type.getSimpleName();
  }

  private ObjectNode ofRecord(Class<?> type) {
    ObjectNode schema = MAPPER.createObjectNode();
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (RecordComponent component : type.getRecordComponents()) {
      ObjectNode property = of(component.getGenericType());
      boolean absent = isNullable(component);
      if (absent) {
        ObjectNode either = MAPPER.createObjectNode();
        ArrayNode choices = either.putArray("anyOf");
        choices.add(property);
        choices.addObject().put("type", "null");
        property = either;
      } else {
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
