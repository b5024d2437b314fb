package io.adversight.lab.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * One route: its request, its responses and its handler.
 *
 * @param path with parameters in braces
 * @param summary one sentence for the OpenAPI document
 * @param query the names of its query parameters
 * @param body what the request holds
 * @param answers what may be answered, errors that every route has left out
 */
public record Route(
    HandlerType method,
    String path,
    String summary,
    List<String> query,
    Content body,
    List<Response> answers,
    Handler handler) {

  public Route {
    query = List.copyOf(query);
    answers = List.copyOf(answers);
  }

  /**
   * What a request or an answer holds.
   *
   * @param type its media type; empty for nothing
   * @param shape what JSON is made of; {@link Void} for what is not JSON
   */
  public record Content(String type, Type shape) {
    /** Nothing. */
    public static final Content NONE = new Content("", Void.class);

    /** Bytes of some kind. */
    public static Content of(String type) {
      return new Content(type, Void.class);
    }

    /** JSON made of a record, or of a list or a map of records. */
    public static Content json(Type shape) {
      return new Content("application/json", shape);
    }
  }

  /** One possible answer. */
  public record Response(int status, Content content) {}

  /** A route that reads. */
  public static Route get(String path, String summary) {
    return of(HandlerType.GET, path, summary);
  }

  /** A route that makes something. */
  public static Route post(String path, String summary) {
    return of(HandlerType.POST, path, summary);
  }

  /** A route that ends something. */
  public static Route delete(String path, String summary) {
    return of(HandlerType.DELETE, path, summary);
  }

  private static Route of(HandlerType method, String path, String summary) {
    return new Route(method, path, summary, List.of(), Content.NONE, List.of(), ctx -> {});
  }

  /** This route with query parameters. */
  public Route query(String... names) {
    return new Route(method, path, summary, List.of(names), body, answers, handler);
  }

  /** This route with a request body. */
  public Route takes(Content content) {
    return new Route(method, path, summary, query, content, answers, handler);
  }

  /** This route with one more possible answer. */
  public Route answers(int status, Content content) {
    List<Response> more = new ArrayList<>(answers);
    more.add(new Response(status, content));
    return new Route(method, path, summary, query, body, more, handler);
  }

  /** This route with one more error among its answers. */
  public Route fails(int status) {
    return answers(status, Content.json(Failure.class));
  }

  /** This route answered by {@code some}. */
  public Route by(Handler some) {
    return new Route(method, path, summary, query, body, answers, some);
  }
}
