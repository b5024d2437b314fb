package io.adversight.home;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** A local HTTP server that offers some bytes in several good and bad ways, and notes requests. */
public final class FileServer implements AutoCloseable {
  private static final long UNTIL_CLOSED = 600_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final byte[] content;

  public FileServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** The address of a path; the path says how the bytes are offered. */
  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Every request so far as "path range". */
  public List<String> requests() {
    return requests;
  }

  /** Answers as a proxy: notes the address that was asked for, and the account if it needs one. */
  private void forward(HttpExchange exchange) throws IOException {
    String account = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
    URI wanted = exchange.getRequestURI();
    requests.add("proxy " + wanted + " " + account);
    if (wanted.getHost().startsWith("closed") && account == null) {
      exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"proxy\"");
      exchange.sendResponseHeaders(407, -1);
    } else {
      send(exchange, 200, 0, content.length);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().isAbsolute()) {
      try (exchange) {
        forward(exchange);
      }
      return;
    }
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(path + " " + range);
    int from =
        range == null
            ? 0
            : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    try (exchange) {
      switch (path) {
        case "/file" -> {
          if (range == null) {
            send(exchange, 200, 0, content.length);
          } else if (from >= content.length) {
            exchange.sendResponseHeaders(416, -1);
          } else {
            exchange
                .getResponseHeaders()
                .set(
                    "Content-Range",
                    "bytes %s-%s/%s".formatted(from, content.length - 1, content.length));
            send(exchange, 206, from, content.length);
          }
        }
        case "/no-range" -> send(exchange, 200, 0, content.length);
        case "/wrong-range" -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/" + content.length);
          send(exchange, range == null ? 200 : 206, 0, content.length);
        }
        case "/odd-range" -> {
          exchange.getResponseHeaders().set("Content-Range", "x".repeat(5000));
          send(exchange, 206, 0, content.length);
        }
        case "/redirect" -> {
          exchange.getResponseHeaders().set("Location", at("/file").toString());
          exchange.sendResponseHeaders(302, -1);
        }
        case "/to-localhost" -> {
          URI here = at(exchange.getRequestURI().getQuery());
          exchange
              .getResponseHeaders()
              .set("Location", here.toString().replace("127.0.0.1", "localhost"));
          exchange.sendResponseHeaders(302, -1);
        }
        case "/circle" -> {
          exchange.getResponseHeaders().set("Location", "/circle");
          exchange.sendResponseHeaders(302, -1);
        }
        case "/location" -> {
          exchange.getResponseHeaders().set("Location", exchange.getRequestURI().getQuery());
          exchange.sendResponseHeaders(302, -1);
        }
        case "/gzip" -> {
          byte[] zipped = gzip(content);
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(200, zipped.length);
          exchange.getResponseBody().write(zipped);
        }
        case "/gzip-where-allowed" -> {
          String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
          boolean plain = "identity".equals(accepted);
          byte[] sent = plain ? content : gzip(content);
          if (!plain) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          }
          exchange.sendResponseHeaders(200, sent.length);
          exchange.getResponseBody().write(sent);
        }
        case "/trickles" -> {
          exchange.sendResponseHeaders(200, content.length);
          for (byte one : content) {
            exchange.getResponseBody().write(one);
            exchange.getResponseBody().flush();
            Thread.sleep(1);
          }
        }
        case "/closes-early" -> {
          if (range != null) {
            exchange
                .getResponseHeaders()
                .set(
                    "Content-Range",
                    "bytes %s-%s/%s".formatted(from, content.length - 1, content.length));
          }
          exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
          int some = Math.min(content.length - from, content.length / 3);
          exchange.getResponseBody().write(content, from, some);
          exchange.getResponseBody().flush();
        }
        case "/stalls" -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 10);
          exchange.getResponseBody().flush();
          Thread.sleep(UNTIL_CLOSED);
        }
        case "/slow" -> {
          exchange.sendResponseHeaders(200, content.length);
          for (int at = 0; at < content.length; at += content.length / 10) {
            exchange
                .getResponseBody()
                .write(content, at, Math.min(content.length / 10, content.length - at));
            exchange.getResponseBody().flush();
            Thread.sleep(40);
          }
        }
        case "/longer" -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(content);
          exchange.getResponseBody().write(new byte[200_000]);
        }
        case "/busy" -> exchange.sendResponseHeaders(503, -1);
        case "/forbidden" -> exchange.sendResponseHeaders(403, -1);
        default -> exchange.sendResponseHeaders(404, -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bytes);
    }
    return zipped.toByteArray();
  }

  private void send(HttpExchange exchange, int status, int from, int to) throws IOException {
    exchange.sendResponseHeaders(status, to - from);
    exchange.getResponseBody().write(Arrays.copyOfRange(content, from, to));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
