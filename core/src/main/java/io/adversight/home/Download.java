package io.adversight.home;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Brings a file of known content to a path: resumes what an earlier try left in {@code NAME.part},
 * checks the SHA-256 and moves the file into place in one step. When two processes want the same
 * file, one downloads and the other waits for it.
 */
public final class Download {
  private static final int BUFFER = 1 << 16;
  private static final int TRIES = 4;

  private final Duration patience;
  private final Sink sink;
  private @Nullable HttpClient client;

  /** A downloader that gives up on a server that says nothing for 30 seconds. */
  public Download() {
    this(Duration.ofSeconds(30), Sink.DISK);
  }

  Download(Duration patience, Sink sink) {
    this.patience = patience;
    this.sink = sink;
  }

  /** Made when it is needed first: its secure connections take a while to set up. */
  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NORMAL)
              .connectTimeout(patience)
              .build();
    }
    return client;
  }

  /** One source did not deliver; another may. */
  private static final class SourceFailed extends Exception {
    private static final long serialVersionUID = 1L;

    SourceFailed(String message) {
      super(message);
    }
  }

  /** The source delivered a part of the file; asking again may bring the rest. */
  private static final class Interrupted extends Exception {
    private static final long serialVersionUID = 1L;

    Interrupted(String message) {
      super(message);
    }
  }

  /**
   * Brings {@code file} to {@code target}, unless it is there already.
   *
   * @return {@code target}
   * @throws FetchException if no source delivers the file or it cannot be written; {@code target}
   *     is then as it was before
   */
  public Path fetch(RemoteFile file, Path target, ByteProgress progress) {
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      try (ProcessLock lock = ProcessLock.on(target)) {
        if (!isThere(file, target)) {
          fromAnySource(file, target, progress);
        }
        return target;
      }
    } catch (InterruptedIOException e) {
      throw new FetchException("%s: %s".formatted(file.name(), e.getMessage()), e);
    } catch (IOException e) {
      throw new FetchException("cannot write %s: %s".formatted(target, reason(e)), e);
    }
  }

  private static boolean isThere(RemoteFile file, Path target) throws IOException {
    return Files.isRegularFile(target)
        && Files.size(target) == file.bytes()
        && Sha256.of(target).equals(file.sha256());
  }

  private void fromAnySource(RemoteFile file, Path target, ByteProgress progress)
      throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    List<String> failures = new ArrayList<>();
    for (URI source : file.sources()) {
      try {
        fromSource(file, source, part, progress);
        force(part);
        Files.move(
            part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return;
      } catch (SourceFailed e) {
        failures.add(e.getMessage());
      }
    }
    throw new FetchException(
        "cannot download %s: %s".formatted(file.name(), String.join("; ", failures)));
  }

  /** Leaves the complete file, checked, in {@code part}. */
  private void fromSource(RemoteFile file, URI source, Path part, ByteProgress progress)
      throws SourceFailed, IOException {
    String failure = "";
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      long before = have(part, file);
      try {
        if (before < file.bytes()) {
          transfer(file, source, part, before, progress);
        }
        String hash = Sha256.of(part);
        if (hash.equals(file.sha256())) {
          return;
        }
        Files.deleteIfExists(part);
        failure =
            "%s: wrong checksum: expected SHA-256 %s, but got %s"
                .formatted(source, file.sha256(), hash);
        if (before == 0) {
          break;
        }
      } catch (Interrupted e) {
        failure = "%s: %s".formatted(source, e.getMessage());
        pause(attempt);
      }
    }
    throw new SourceFailed(failure);
  }

  /** The number of bytes an earlier try has left that can be used. */
  private static long have(Path part, RemoteFile file) throws IOException {
    if (!Files.isRegularFile(part)) {
      return 0;
    }
    long size = Files.size(part);
    if (size > file.bytes()) {
      Files.delete(part);
      return 0;
    }
    return size;
  }

  private void transfer(RemoteFile file, URI source, Path part, long have, ByteProgress progress)
      throws SourceFailed, Interrupted, IOException {
    HttpResponse<InputStream> response = ask(source, have);
    try (InputStream in = response.body()) {
      boolean append = continues(response, source, part, have);
      long done = append ? have : 0;
      ensureSpace(file, part, file.bytes() - done);
      progress.at(done, file.bytes());
      done = copy(in, file, source, part, append, done, progress);
      if (done < file.bytes()) {
        throw new Interrupted(
            "the connection closed after %d of %d bytes".formatted(done, file.bytes()));
      }
    }
  }

  private HttpResponse<InputStream> ask(URI source, long have) throws SourceFailed, Interrupted {
    HttpRequest.Builder request = HttpRequest.newBuilder(source).timeout(patience);
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    try {
      return client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (HttpConnectTimeoutException e) {
      throw new SourceFailed(
          "%s: no connection to %s within %d s; is there a network?"
              .formatted(source, source.getHost(), patience.toSeconds()));
    } catch (HttpTimeoutException e) {
      throw new Interrupted("no answer within %d s".formatted(patience.toSeconds()));
    } catch (ConnectException e) {
      throw new SourceFailed(
          hasCause(e, UnresolvedAddressException.class)
              ? "%s: the host %s is unknown; is there a network?"
                  .formatted(source, source.getHost())
              : "%s: no connection to %s; is there a network?".formatted(source, host(source)));
    } catch (SSLException e) {
      throw new SourceFailed("%s: no secure connection: %s".formatted(source, reason(e)));
    } catch (IOException e) {
      throw new Interrupted("the connection broke: " + reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchException(source + ": interrupted", e);
    }
  }

  /** Whether the answer goes on where {@code part} ends, not at the beginning. */
  private static boolean continues(HttpResponse<?> response, URI source, Path part, long have)
      throws SourceFailed, Interrupted, IOException {
    int status = response.statusCode();
    return switch (status) {
      case 200 -> false;
      case 206 -> {
        String range = response.headers().firstValue("Content-Range").orElse("others");
        if (have == 0 || !range.startsWith("bytes " + have + "-")) {
          Files.deleteIfExists(part);
          throw new Interrupted("asked for the bytes from %d, but got %s".formatted(have, range));
        }
        yield true;
      }
      case 416 -> {
        Files.deleteIfExists(part);
        throw new Interrupted("the server does not have the bytes from " + have);
      }
      case 404, 410 ->
          throw new SourceFailed("%s: not found (status %d)".formatted(source, status));
      case 429, 500, 502, 503, 504 ->
          throw new Interrupted("the server is busy or broken (status %d)".formatted(status));
      default ->
          throw new SourceFailed("%s: the server answers with status %d".formatted(source, status));
    };
  }

  private long copy(
      InputStream in,
      RemoteFile file,
      URI source,
      Path part,
      boolean append,
      long start,
      ByteProgress progress)
      throws SourceFailed, Interrupted, IOException {
    long done = start;
    byte[] buffer = new byte[BUFFER];
    try (StallWatch watch = new StallWatch(in, patience);
        OutputStream out = open(file, part, append)) {
      while (true) {
        int n;
        try {
          n = in.read(buffer);
        } catch (IOException e) {
          throw new Interrupted(
              watch.stalled()
                  ? "nothing came for %d s after %d of %d bytes"
                      .formatted(patience.toSeconds(), done, file.bytes())
                  : "the connection broke after %d of %d bytes".formatted(done, file.bytes()));
        }
        if (n < 0) {
          return done;
        }
        watch.sign();
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("interrupted after %d bytes".formatted(done));
        }
        if (done + n > file.bytes()) {
          out.close();
          Files.deleteIfExists(part);
          throw new SourceFailed(
              "%s: longer than the expected %d bytes".formatted(source, file.bytes()));
        }
        write(out, buffer, n, file, part);
        done += n;
        progress.at(done, file.bytes());
      }
    }
  }

  private OutputStream open(RemoteFile file, Path part, boolean append) throws IOException {
    try {
      return sink.open(part, append);
    } catch (IOException e) {
      throw writeFailed(e, file, part);
    }
  }

  private static void write(OutputStream out, byte[] buffer, int n, RemoteFile file, Path part)
      throws IOException {
    try {
      out.write(buffer, 0, n);
    } catch (IOException e) {
      throw writeFailed(e, file, part);
    }
  }

  /** On a full disk the part goes too: it is what others need the room for. */
  private static FetchException writeFailed(IOException e, RemoteFile file, Path part)
      throws IOException {
    String reason = reason(e).toLowerCase(Locale.ROOT);
    if (reason.contains("no space")
        || reason.contains("not enough space")
        || reason.contains("quota")) {
      return diskFull(file, part);
    }
    return new FetchException("cannot write %s: %s".formatted(part, reason(e)), e);
  }

  private static FetchException diskFull(RemoteFile file, Path part) throws IOException {
    Files.deleteIfExists(part);
    return new FetchException(
        "the disk is full: %s needs %d bytes in %s; make room, or choose another folder with"
                .formatted(file.name(), file.bytes(), part.toAbsolutePath().getParent())
            + " ADVERSIGHT_HOME");
  }

  private static void ensureSpace(RemoteFile file, Path part, long needed) throws IOException {
    if (Files.getFileStore(part.toAbsolutePath().getParent()).getUsableSpace() < needed) {
      throw diskFull(file, part);
    }
  }

  private static void force(Path part) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void pause(int attempt) throws InterruptedIOException {
    try {
      Thread.sleep(attempt < TRIES ? 100L << attempt : 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static String host(URI source) {
    return source.getPort() < 0 ? source.getHost() : source.getHost() + ":" + source.getPort();
  }

  private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
