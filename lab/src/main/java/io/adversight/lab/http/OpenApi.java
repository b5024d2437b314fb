package io.adversight.lab.http;

import io.adversight.report.Provenance;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes as an OpenAPI 3.1 document, generated from the routes. */
public final class OpenApi {
  private static final JsonMapper MAPPER = io.adversight.text.Json.MAPPER;
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  private OpenApi() {}

  /**
   * The document of these routes.
   *
   * @param messages records that are sent over the WebSocket, for their schemas
   */
  public static ObjectNode of(List<Route> routes, List<Class<?>> messages) {
    ObjectNode document = MAPPER.createObjectNode();
    document.put("openapi", "3.1.0");
    ObjectNode info = document.putObject("info");
    info.put("title", "Adversight lab");
    info.put("version", Provenance.buildVersion());
    Schemas schemas = new Schemas();
    ObjectNode paths = document.putObject("paths");
    for (Route route : routes) {
      ObjectNode path =
          paths.has(route.path())
              ? (ObjectNode) paths.get(route.path())
              : paths.putObject(route.path());
      operation(path.putObject(route.method().name().toLowerCase(Locale.ROOT)), route, schemas);
    }
    messages.forEach(schemas::of);
    document.putObject("components").set("schemas", schemas.all());
    return document;
  }

  private static void operation(ObjectNode operation, Route route, Schemas schemas) {
    operation.put("summary", route.summary());
    ArrayNode parameters = operation.putArray("parameters");
    Matcher names = PARAMETER.matcher(route.path());
    while (names.find()) {
      parameter(parameters, names.group(1), "path", true);
    }
    route.query().forEach(name -> parameter(parameters, name, "query", false));
    if (!route.body().type().isEmpty()) {
      ObjectNode body = operation.putObject("requestBody");
      body.put("required", true);
      content(body, route.body(), schemas);
    }
    ObjectNode responses = operation.putObject("responses");
    for (Route.Response answer : route.answers()) {
      ObjectNode response = responses.putObject(Integer.toString(answer.status()));
      response.put("description", answer.status() < 400 ? route.summary() : "A plain sentence.");
      content(response, answer.content(), schemas);
    }
    ObjectNode other = responses.putObject("default");
    other.put("description", "Refused (401, 403), busy (503) or an error (500).");
    content(other, Route.Content.json(Failure.class), schemas);
  }

  private static void parameter(ArrayNode parameters, String name, String in, boolean required) {
    ObjectNode parameter = parameters.addObject();
    parameter.put("name", name);
    parameter.put("in", in);
    parameter.put("required", required);
    parameter.putObject("schema").put("type", "string");
  }

  private static void content(ObjectNode owner, Route.Content content, Schemas schemas) {
    if (content.type().isEmpty()) {
      return;
    }
    ObjectNode media = owner.putObject("content").putObject(content.type());
    if (content.shape() != Void.class) {
      media.set("schema", schemas.of(content.shape()));
    }
  }
}
