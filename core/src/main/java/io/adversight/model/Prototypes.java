package io.adversight.model;

import io.adversight.graph.ModelFormatException;
import io.adversight.text.Json;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the prototypes of a network come from: each is a patch of a training image (Chen et al.
 * 2019, section 2.2).
 *
 * @param all in the order of the network's prototypes; empty if it has none
 */
public record Prototypes(List<Prototype> all) {
  /** A network without prototypes. */
  public static final Prototypes NONE = new Prototypes(List.of());

  /** Under this name an ONNX file keeps them. */
  public static final String KEY = "prototypes";

  private static final JsonMapper MAPPER = Json.MAPPER;

  public Prototypes {
    all = List.copyOf(all);
  }

  /**
   * One prototype.
   *
   * @param owner the class that it speaks for
   * @param dataSet the data set of its image
   * @param image the image's number there
   * @param name what the image is called
   * @param row of the patch in the map of features
   * @param column of the patch in the map of features
   */
  public record Prototype(int owner, String dataSet, int image, String name, int row, int column) {
    public Prototype {
      Objects.requireNonNull(dataSet, "dataSet");
      Objects.requireNonNull(name, "name");
    }
  }

  /** As JSON in one line. */
  public String toJson() {
    return MAPPER.writeValueAsString(all);
  }

  /**
   * The prototypes in a JSON text.
   *
   * @param from where the text comes from, for error messages
   * @throws ModelFormatException if it is no list of prototypes
   */
  public static Prototypes parse(String json, String from) {
    try {
      List<Prototype> found = MAPPER.readValue(json, new TypeReference<List<Prototype>>() {});
      if (found != null && found.stream().noneMatch(Objects::isNull)) {
        return new Prototypes(found);
      }
    } catch (JacksonException e) {
      // Refused below, as a list with gaps is.
    }
    throw new ModelFormatException(
        from, "its metadata \"%s\" is not a list of prototypes".formatted(KEY));
  }
}
