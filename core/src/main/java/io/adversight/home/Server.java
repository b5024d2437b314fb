package io.adversight.home;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks for files over HTTP, and follows redirects as long as they stay as safe as they began. */
final class Server {
  private static final int MOST_REDIRECTS = 5;

  private final Patience patience;
  private final Proxies proxies;
  private @Nullable HttpClient client;

  Server(Patience patience, Proxies proxies) {
    this.patience = patience;
    this.proxies = proxies;
  }

  /**
   * An answer whose content is not read yet.
   *
   * @param route where it comes from
   * @param response its head and content
   */
  record Answer(Redirection route, HttpResponse<InputStream> response) {}

  /** Made when it is needed first: its secure connections take a while to set up. */
  private synchronized HttpClient client() {
    if (client == null) {
      client =
          proxies
              .client()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(patience.answer())
              .build();
    }
    return client;
  }

  /**
   * Asks for the bytes of a file from {@code from} on.
   *
   * @throws SourceFailed if the source will not have them later either
   * @throws TransferInterrupted if it is worth asking again
   */
  Answer ask(URI source, long from) throws SourceFailed, TransferInterrupted {
    Redirection route = Redirection.to(source);
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpResponse<InputStream> response = send(route, from);
      switch (response.statusCode()) {
        case 301, 302, 303, 307, 308 -> {
          close(response);
          route = next(route, response);
        }
        default -> {
          return new Answer(route, response);
        }
      }
    }
    throw new SourceFailed(route, "more than %s redirects".formatted(MOST_REDIRECTS));
  }

  private static Redirection next(Redirection route, HttpResponse<?> response) throws SourceFailed {
    String location = response.headers().firstValue("Location").orElse("");
    Redirection next =
        route
            .redirected(location)
            .orElseThrow(
                () ->
                    new SourceFailed(
                        route,
                        "redirected to no address: \"%s\"".formatted(Redirection.shown(location))));
    if (!next.isAsSafeAs(route)) {
      throw new SourceFailed(
          route,
          "redirected to %s, which is not secure; refused"
              .formatted(Redirection.shown(next.end().getScheme() + "://" + next.host())));
    }
    return next;
  }

  private HttpResponse<InputStream> send(Redirection route, long from)
      throws SourceFailed, TransferInterrupted {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(route.end())
            .timeout(patience.answer())
            .header("Accept-Encoding", "identity");
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    String wait = Patience.words(patience.answer());
    try {
      return client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (HttpConnectTimeoutException e) {
      throw new SourceFailed(
          route,
          "no connection to %s within %s; is there a network?".formatted(route.host(), wait));
    } catch (HttpTimeoutException e) {
      throw new TransferInterrupted(route, "no answer within " + wait);
    } catch (ConnectException e) {
      throw new SourceFailed(
          route,
          hasCause(e, UnresolvedAddressException.class)
              ? "the host %s is unknown; is there a network?".formatted(route.end().getHost())
              : "no connection to %s; is there a network?".formatted(route.host()));
    } catch (SSLException e) {
      throw new SourceFailed(route, "no secure connection: " + reason(e));
    } catch (IOException e) {
      if (hasCause(e, ProtocolException.class)) {
        throw new SourceFailed(route, "the answer is not HTTP");
      }
      throw new TransferInterrupted(route, "the connection broke: " + reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchException(route + ": interrupted", e);
    }
  }

  private static void close(HttpResponse<InputStream> response) {
    try {
      response.body().close();
    } catch (IOException e) {
      // What a redirect says beside its address is not wanted.
    }
  }

  private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  /** The message of a failure, which may quote what the server sent. */
  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : Redirection.shown(message);
  }
}
