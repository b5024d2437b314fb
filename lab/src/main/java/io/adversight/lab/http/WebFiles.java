package io.adversight.lab.http;

import io.adversight.home.Sha256;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The browser's application: the resources below {@code /web/}, and nothing else. */
public final class WebFiles {
  private static final Pattern PATH =
      Pattern.compile("/(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*");
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json; charset=utf-8"),
          Map.entry("map", "application/json; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private final Map<String, Optional<WebFile>> files = new ConcurrentHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // bytes to send, never compared
  private record WebFile(String type, byte[] bytes, String tag) {}

  /** Whether a path of this kind can name a file: nothing that climbs, nothing hidden. */
  public static boolean isPlain(String path) {
    return PATH.matcher(path).matches();
  }

  /**
   * Answers with the file of the request's path.
   *
   * @throws HttpStatusException if there is none
   */
  public void serve(Context ctx) {
    String path = ctx.path().equals("/") ? "/index.html" : ctx.path();
    WebFile file =
        find(path)
            .orElseThrow(() -> new HttpStatusException(404, "there is nothing at " + ctx.path()));
    ctx.header("Cache-Control", "no-cache").header("ETag", file.tag());
    if (file.tag().equals(ctx.header("If-None-Match"))) {
      ctx.status(304);
      return;
    }
    ctx.contentType(file.type()).result(file.bytes());
  }

  /** The sources of inline import maps of the first page, as a Content-Security-Policy has them. */
  public String importMapSources() {
    StringBuilder sources = new StringBuilder();
    find("/index.html")
        .ifPresent(
            page -> {
              Matcher maps = IMPORT_MAP.matcher(new String(page.bytes(), StandardCharsets.UTF_8));
              while (maps.find()) {
                sources.append(" 'sha256-").append(sha256(maps.group(1))).append('\'');
              }
            });
    return sources.toString();
  }

  private Optional<WebFile> find(String path) {
    String ending = path.substring(path.lastIndexOf('.') + 1);
    String type = TYPES.get(ending);
    if (type == null || !isPlain(path) || path.length() > 200) {
      return Optional.empty();
    }
    Optional<WebFile> known = files.get(path);
    if (known != null) {
      return known;
    }
    Optional<WebFile> read = read(path, type);
    read.ifPresent(file -> files.put(path, read));
    return read;
  }

  private static Optional<WebFile> read(String path, String type) {
    try (InputStream in = WebFiles.class.getResourceAsStream("/web" + path)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] bytes = in.readAllBytes();
      return Optional.of(new WebFile(type, bytes, '"' + Sha256.of(bytes).substring(0, 16) + '"'));
    } catch (IOException e) {
      throw new UncheckedIOException("a part of the application cannot be read", e);
    }
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
