package io.adversight.lab;

import io.adversight.catalog.CatalogJson;
import io.adversight.lab.http.Json;
import io.adversight.lab.http.Route;
import io.adversight.lab.http.Route.Content;
import java.util.List;
import java.util.Map;

/** Every route of the lab, in one place. */
final class Routes {
  List<Route> all() {
    return List.of(
        Route.get("/health", "Whether the server works.")
            .answers(200, Content.json(Map.class))
            .by(ctx -> Json.answer(ctx, Map.of("status", "ok"))),
        Route.get("/api/catalog", "Every algorithm with its parameters.")
            .answers(200, Content.json(List.class))
            .by(
                ctx ->
                    ctx.contentType("application/json; charset=utf-8").result(CatalogJson.text())));
  }
}
