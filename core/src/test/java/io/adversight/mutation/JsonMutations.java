package io.adversight.mutation;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON texts of which one or two values are others, or are missing; every eighth is damaged as a
 * text instead, so that it may be no JSON at all.
 */
record JsonMutations(List<String> originals) implements Mutations {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** A place in a document: an object with the field's name, or an array with the index. */
  private record Place(JsonNode parent, String name, int index) {
    void set(JsonNode value) {
      if (parent instanceof ObjectNode object) {
        object.set(name, value);
      } else if (parent instanceof ArrayNode array) {
        array.set(index, value);
      }
    }

    void remove() {
      if (parent instanceof ObjectNode object) {
        object.remove(name);
      } else if (parent instanceof ArrayNode array) {
        array.remove(index);
      }
    }

    void rename(String other) {
      if (parent instanceof ObjectNode object) {
        object.set(other, object.remove(name));
      }
    }

    void repeat() {
      if (parent instanceof ArrayNode array) {
        array.insert(index, array.get(index).deepCopy());
      }
    }
  }

  @Override
  public byte[] input(long seed) {
    if (seed % 8 == 7) {
      return new TextMutations(originals).input(seed);
    }
    SplittableRandom random = Mutations.random(seed);
    JsonNode document = MAPPER.readTree(originals.get(random.nextInt(originals.size())));
    if (random.nextInt(32) == 0) {
      document = strange(document, random);
    }
    for (int left = 1 + random.nextInt(2); left > 0; left--) {
      List<Place> places = new ArrayList<>();
      collect(document, places);
      if (!places.isEmpty()) {
        change(places.get(random.nextInt(places.size())), random);
      }
    }
    return MAPPER.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
  }

  private static void collect(JsonNode node, List<Place> places) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                places.add(new Place(object, field.getKey(), 0));
                collect(field.getValue(), places);
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        places.add(new Place(array, "", i));
        collect(array.get(i), places);
      }
    }
  }

  private static void change(Place place, SplittableRandom random) {
    switch (random.nextInt(8)) {
      case 0 -> place.remove();
      case 1 -> place.rename(random.nextBoolean() ? "" : place.name() + "x");
      case 2 -> place.repeat();
      default -> {
        JsonNode old =
            place.parent().isObject()
                ? place.parent().path(place.name())
                : place.parent().path(place.index());
        place.set(strange(old, random));
      }
    }
  }

  private static final List<Function<JsonNode, JsonNode>> VALUES =
      List.of(
          old -> JSON.nullNode(),
          old -> JSON.booleanNode(true),
          old -> JSON.numberNode(0),
          old -> JSON.numberNode(-1),
          old -> JSON.numberNode(0.5),
          old -> JSON.numberNode(-0.0),
          old -> JSON.numberNode(1e308),
          old -> JSON.numberNode(1e-320),
          old -> JSON.numberNode(Integer.MAX_VALUE),
          old -> JSON.numberNode(10_000_000),
          old -> JSON.numberNode(Long.MAX_VALUE),
          old -> JSON.numberNode(BigInteger.TEN.pow(400)),
          old -> JSON.numberNode(Double.NaN),
          old -> JSON.stringNode(""),
          old -> JSON.stringNode("null"),
          old -> JSON.stringNode("../x"),
          old -> JSON.stringNode("\u001b[31m\n"),
          old -> JSON.stringNode("a".repeat(5000)),
          old -> JSON.arrayNode(),
          old -> JSON.objectNode(),
          old -> JSON.arrayNode().add(JSON.nullNode()),
          old -> JSON.arrayNode().add(old),
          old -> JSON.objectNode().set("a", old),
          old -> JSON.stringNode(old.toString()),
          JsonMutations::nested);

  private static JsonNode strange(JsonNode old, SplittableRandom random) {
    return VALUES.get(random.nextInt(VALUES.size())).apply(old);
  }

  private static JsonNode nested(JsonNode old) {
    JsonNode node = old;
    for (int i = 0; i < 400; i++) {
      node = JSON.arrayNode().add(node);
    }
    return node;
  }
}
