package io.adversight.home;

import io.adversight.file.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Brings a file of known content to a path: resumes what an earlier try left in {@code NAME.part},
 * checks the SHA-256 and moves the file into place in one step. When two processes want the same
 * file, one downloads and the other waits for it.
 */
public final class Download {
  private static final int BUFFER = 1 << 16;
  private static final int TRIES = 4;

  private final Patience patience;
  private final Server server;
  private final Sink sink;

  /**
   * A downloader that gives up on a server that does not answer for 30 seconds, or sends less than
   * 30,000 bytes in 30 seconds.
   */
  public Download() {
    this(Patience.DEFAULT, Sink.DISK);
  }

  Download(Patience patience, Sink sink) {
    this(patience, sink, System.getenv());
  }

  /** A downloader that takes the proxies that environment variables name. */
  Download(Patience patience, Sink sink, Map<String, String> environment) {
    this.patience = patience;
    this.server = new Server(patience, new Proxies(environment));
    this.sink = sink;
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
        AtomicFile.move(part, target);
        return;
      } catch (SourceFailed e) {
        failures.add(e.getMessage());
      }
    }
    throw new FetchException(
        "cannot download %s: %s; or put the file there by hand: %s, %s bytes, SHA-256 %s"
            .formatted(
                file.name(), String.join("; ", failures), target, file.bytes(), file.sha256()));
  }

  /** Leaves the complete file, checked, in {@code part}. */
  private void fromSource(RemoteFile file, URI source, Path part, ByteProgress progress)
      throws SourceFailed, IOException {
    String failure = "";
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      long before = have(part, file);
      try {
        Redirection route =
            before < file.bytes()
                ? transfer(file, source, part, before, progress)
                : Redirection.to(source);
        String hash = Sha256.of(part);
        if (hash.equals(file.sha256())) {
          return;
        }
        Files.deleteIfExists(part);
        failure =
            "%s: wrong checksum: expected SHA-256 %s, but got %s"
                .formatted(route, file.sha256(), hash);
        if (before == 0) {
          break;
        }
      } catch (TransferInterrupted e) {
        failure = Objects.requireNonNull(e.getMessage());
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

  private Redirection transfer(
      RemoteFile file, URI source, Path part, long have, ByteProgress progress)
      throws SourceFailed, TransferInterrupted, IOException {
    Server.Answer answer = server.ask(source, have);
    Redirection route = answer.route();
    try (InputStream in = answer.response().body()) {
      boolean append = continues(answer.response(), route, part, have);
      ensurePlain(answer.response(), route);
      long done = append ? have : 0;
      ensureSpace(file, part, file.bytes() - done);
      progress.at(done, file.bytes());
      done = copy(in, file, route, part, append, done, progress);
      if (done < file.bytes()) {
        throw new TransferInterrupted(
            route, "the connection closed after %s of %s bytes".formatted(done, file.bytes()));
      }
      return route;
    }
  }

  /** Whether the answer goes on where {@code part} ends, not at the beginning. */
  private static boolean continues(
      HttpResponse<?> response, Redirection route, Path part, long have)
      throws SourceFailed, TransferInterrupted, IOException {
    int status = response.statusCode();
    return switch (status) {
      case 200 -> false;
      case 206 -> {
        String range = response.headers().firstValue("Content-Range").orElse("others");
        if (have == 0 || !range.startsWith("bytes " + have + "-")) {
          Files.deleteIfExists(part);
          throw new TransferInterrupted(
              route,
              "asked for the bytes from %s, but got %s".formatted(have, Redirection.shown(range)));
        }
        yield true;
      }
      case 416 -> {
        Files.deleteIfExists(part);
        throw new TransferInterrupted(route, "the server does not have the bytes from " + have);
      }
      case 404, 410 -> throw new SourceFailed(route, "not found (status %s)".formatted(status));
      case 429, 500, 502, 503, 504 ->
          throw new TransferInterrupted(
              route, "the server is busy or broken (status %s)".formatted(status));
      default ->
          throw new SourceFailed(route, "the server answers with status %s".formatted(status));
    };
  }

  /** Bytes of a compressed answer are not those of the file, and cannot be resumed. */
  private static void ensurePlain(HttpResponse<?> response, Redirection route) throws SourceFailed {
    for (String coding : response.headers().allValues("Content-Encoding")) {
      if (!coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
        throw new SourceFailed(
            route,
            "asked for the file as it is, but the answer is encoded as \"%s\""
                .formatted(Redirection.shown(coding)));
      }
    }
  }

  private long copy(
      InputStream in,
      RemoteFile file,
      Redirection route,
      Path part,
      boolean append,
      long start,
      ByteProgress progress)
      throws SourceFailed, TransferInterrupted, IOException {
    long done = start;
    byte[] buffer = new byte[BUFFER];
    try (RateWatch watch = new RateWatch(in, patience);
        OutputStream out = open(file, part, append)) {
      while (true) {
        int n;
        try {
          n = in.read(buffer);
        } catch (IOException e) {
          throw new TransferInterrupted(
              route, "%s after %s of %s bytes".formatted(whyBroken(watch), done, file.bytes()));
        }
        if (n < 0) {
          return done;
        }
        watch.came(n);
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("interrupted after %s bytes".formatted(done));
        }
        if (done + n > file.bytes()) {
          out.close();
          Files.deleteIfExists(part);
          throw new SourceFailed(
              route, "longer than the expected %s bytes".formatted(file.bytes()));
        }
        write(out, buffer, n, file, part);
        done += n;
        progress.at(done, file.bytes());
      }
    }
  }

  private String whyBroken(RateWatch watch) {
    if (!watch.tooSlow()) {
      return "the connection broke";
    }
    String window = Patience.words(patience.window());
    return watch.inWindow() == 0
        ? "nothing came for " + window
        : "only %s bytes came in %s, where at least %s are expected,"
            .formatted(watch.inWindow(), window, patience.leastBytes());
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
        "the disk is full: %s needs %s bytes in %s; make room, or choose another folder with"
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

  private void pause(int attempt) throws InterruptedIOException {
    try {
      Thread.sleep(attempt < TRIES ? patience.pause().toMillis() << (attempt - 1) : 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
