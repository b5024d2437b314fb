import io.adversight.home.DataHome;
import io.adversight.lab.Lab;
import io.adversight.lab.LabOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the schemas of the lab's OpenAPI document, as a lab answers it, as TypeScript interfaces.
 * A component that may be null is {@code T | null}: the server writes every component.
 *
 * <p>Usage: {@code java -cp CLASSES TypeScriptTypes.java FILE}
 */
public final class TypeScriptTypes {
  private static final String REFERENCE = "#/components/schemas/";

  private TypeScriptTypes() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    Path home = Files.createTempDirectory("types");
    try (Lab lab =
        Lab.start(
            new LabOptions(
                LabOptions.LOOPBACK,
                0,
                Optional.empty(),
                Optional.empty(),
                new DataHome(home, List.of())))) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(lab.address() + "api/openapi.json")).build();
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode schemas =
          new JsonMapper().readTree(response.body()).path("components").path("schemas");
      Files.createDirectories(file.getParent());
      Files.writeString(file, text(schemas));
    }
    System.exit(0);
  }

  private static String text(JsonNode schemas) {
    StringBuilder text =
        new StringBuilder("/** Generated from the OpenAPI document: change the records in Java. */\n");
    for (Map.Entry<String, JsonNode> schema : schemas.properties()) {
      text.append("\nexport interface ").append(schema.getKey()).append(" {\n");
      for (Map.Entry<String, JsonNode> property : schema.getValue().path("properties").properties()) {
        text.append("  %s: %s;\n".formatted(property.getKey(), type(property.getValue())));
      }
      text.append("}\n");
    }
    return text.toString();
  }

  private static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      return schema.path("$ref").asString().substring(REFERENCE.length());
    }
    for (String union : new String[] {"anyOf", "enum"}) {
      if (schema.has(union)) {
        List<String> parts = new ArrayList<>();
        schema.path(union).forEach(part -> parts.add(part.isString() ? part.toString() : type(part)));
        return String.join(" | ", parts);
      }
    }
    if (schema.path("type").isArray()) {
      return String.join(" | ", schema.path("type").valueStream().map(JsonNode::asString).toList());
    }
    return switch (schema.path("type").asString()) {
      case "integer", "number" -> "number";
      case "array" -> "Array<%s>".formatted(type(schema.path("items")));
      case "object" ->
          schema.has("additionalProperties")
              ? "Record<string, %s>".formatted(type(schema.path("additionalProperties")))
              : "Record<string, unknown>";
      default -> schema.path("type").asString();
    };
  }
}
