package io.adversight.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  private final byte[] content = new byte[300_000];
  private FileServer server;
  @TempDir private Path folder;
  private Path target;
  private Path part;

  @BeforeEach
  void serve() throws IOException {
    new Random(1).nextBytes(content);
    server = new FileServer(content);
    target = folder.resolve("models").resolve("net.onnx");
    part = target.resolveSibling("net.onnx.part");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RemoteFile file(String... paths) {
    List<URI> sources = Stream.of(paths).map(server::at).toList();
    return new RemoteFile("models/net.onnx", sources, Sha256.of(content), content.length);
  }

  private static Download download() {
    return new Download(impatient(0), Sink.DISK);
  }

  /** Waits long for an answer, but not between tries, and asks for bytes every 80 ms, if any. */
  private static Patience impatient(long leastBytes) {
    return new Patience(
        Duration.ofSeconds(30), Duration.ofMillis(80), leastBytes, Duration.ofMillis(1));
  }

  private String byHand(String sha256) {
    return "or put the file there by hand: %s, 300000 bytes, SHA-256 %s".formatted(target, sha256);
  }

  private void leavePart(int bytes) throws IOException {
    Files.createDirectories(part.getParent());
    Files.write(part, Arrays.copyOf(content, bytes));
  }

  private void assertComplete() throws IOException {
    assertThat(target).hasBinaryContent(content);
    assertOnlyInFolder("net.onnx");
  }

  private void assertOnlyInFolder(String... names) throws IOException {
    try (Stream<Path> files = Files.list(target.getParent())) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(n -> !n.equals(".locks")))
          .containsExactlyInAnyOrder(names);
    }
  }

  @Test
  void bringsTheFileAndTellsHowFarItIs() throws IOException {
    List<Long> steps = new ArrayList<>();
    Path there =
        download()
            .fetch(
                file("/file"),
                target,
                (done, total) -> {
                  assertThat(total).isEqualTo(content.length);
                  steps.add(done);
                });
    assertThat(there).isEqualTo(target);
    assertComplete();
    assertThat(steps).isSorted().startsWith(0L).endsWith((long) content.length);
  }

  @Test
  void doesNotAskForAFileThatIsThere() {
    download().fetch(file("/file"), target, ByteProgress.NONE);
    download().fetch(file("/file"), target, ByteProgress.NONE);
    assertThat(server.requests()).containsExactly("/file null");
  }

  @Test
  void replacesADamagedFile() throws IOException {
    Files.createDirectories(target.getParent());
    Files.write(target, new byte[content.length]);
    download().fetch(file("/file"), target, ByteProgress.NONE);
    assertComplete();
  }

  @Test
  void resumesWhatAnEarlierTryLeft() throws IOException {
    leavePart(123_456);
    List<Long> steps = new ArrayList<>();
    download().fetch(file("/file"), target, (done, total) -> steps.add(done));
    assertComplete();
    assertThat(server.requests()).containsExactly("/file bytes=123456-");
    assertThat(steps).startsWith(123_456L);
  }

  @Test
  void takesACompletePartWithoutAsking() throws IOException {
    leavePart(content.length);
    download().fetch(file("/file"), target, ByteProgress.NONE);
    assertComplete();
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void resumesAcrossARedirect() throws IOException {
    leavePart(1000);
    download().fetch(file("/redirect"), target, ByteProgress.NONE);
    assertComplete();
    assertThat(server.requests()).containsExactly("/redirect bytes=1000-", "/file bytes=1000-");
  }

  @Test
  void startsAgainWhenTheServerIgnoresTheRange() throws IOException {
    leavePart(1000);
    download().fetch(file("/no-range"), target, ByteProgress.NONE);
    assertComplete();
  }

  @Test
  void startsAgainWhenTheServerSendsAnotherRange() throws IOException {
    leavePart(1000);
    download().fetch(file("/wrong-range"), target, ByteProgress.NONE);
    assertComplete();
    assertThat(server.requests()).containsExactly("/wrong-range bytes=1000-", "/wrong-range null");
  }

  @Test
  void startsAgainWhenTheResumedFileHasAWrongChecksum() throws IOException {
    leavePart(1000);
    Files.write(part, new byte[1000]);
    download().fetch(file("/file"), target, ByteProgress.NONE);
    assertComplete();
    assertThat(server.requests()).containsExactly("/file bytes=1000-", "/file null");
  }

  @Test
  void goesOnWhereAServerClosedEarly() throws IOException {
    download().fetch(file("/closes-early"), target, ByteProgress.NONE);
    assertComplete();
    assertThat(server.requests())
        .containsExactly(
            "/closes-early null", "/closes-early bytes=100000-", "/closes-early bytes=200000-");
  }

  @Test
  void removesAFileWithAWrongChecksum() throws IOException {
    RemoteFile other =
        new RemoteFile(
            "models/net.onnx", List.of(server.at("/file")), "0".repeat(64), content.length);
    assertThatThrownBy(() -> download().fetch(other, target, ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessage(
            "cannot download net.onnx: %s: wrong checksum: expected SHA-256 %s, but got %s; %s",
            server.at("/file"), "0".repeat(64), Sha256.of(content), byHand("0".repeat(64)));
    assertOnlyInFolder();
  }

  @Test
  void refusesMoreThanTheExpectedBytes() throws IOException {
    assertThatThrownBy(() -> download().fetch(file("/longer"), target, ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("longer than the expected 300000 bytes");
    assertOnlyInFolder();
  }

  @Test
  void namesEverySourceThatFailed() throws IOException {
    assertThatThrownBy(
            () -> download().fetch(file("/none", "/forbidden"), target, ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessage(
            "cannot download net.onnx: %s: not found (status 404); %s: the server answers with"
                + " status 403; %s",
            server.at("/none"), server.at("/forbidden"), byHand(Sha256.of(content)));
    assertOnlyInFolder();
  }

  @Test
  void takesTheNextSourceWhenOneFails() throws IOException {
    download().fetch(file("/none", "/file"), target, ByteProgress.NONE);
    assertComplete();
  }

  @Test
  void triesABusyServerAgainBeforeItGivesUp() {
    assertThatThrownBy(() -> download().fetch(file("/busy"), target, ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("/busy: the server is busy or broken (status 503)");
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void givesUpOnAServerThatStallsAndKeepsThePart() throws IOException {
    assertThatThrownBy(
            () ->
                new Download(impatient(1), Sink.DISK)
                    .fetch(file("/stalls"), target, ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("nothing came for 0.08 s")
        .hasMessageContaining("after 10 of 300000 bytes");
    assertOnlyInFolder("net.onnx.part");
    assertThat(part).hasSize(10);
  }

  @Test
  void givesUpOnAServerThatSendsAByteAtATime() {
    // a byte in each millisecond at most
    assertThatThrownBy(
            () ->
                new Download(impatient(10_000), Sink.DISK)
                    .fetch(file("/trickles"), target, ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessageMatching(
            ".*/trickles: (nothing came for 0.08 s|only \\d+ bytes came in 0.08 s, where at least"
                + " 10000 are expected,) after \\d+ of 300000 bytes; .*");
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void namesTheHostToWhichItWasRedirected() {
    String localhost = "localhost:" + server.at("/").getPort();
    assertThatThrownBy(
            () ->
                download()
                    .fetch(
                        file("/to-localhost?/none", "/to-localhost?/busy", "/to-localhost?/gzip"),
                        target,
                        ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessage(
            "cannot download net.onnx: %1$s/none (redirected to %2$s): not found (status 404);"
                + " %1$s/busy (redirected to %2$s): the server is busy or broken (status 503);"
                + " %1$s/gzip (redirected to %2$s): asked for the file as it is, but the answer is"
                + " encoded as \"gzip\"; %3$s",
            server.at("/to-localhost?"), localhost, byHand(Sha256.of(content)));
  }

  @Test
  void namesTheHostToWhichItWasRedirectedWhenThatIsUnknown() {
    assertThatThrownBy(
            () ->
                download()
                    .fetch(file("/location?http://host.invalid/net"), target, ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining(
            "(redirected to host.invalid): the host host.invalid is unknown; is there a network?");
  }

  @Test
  void followsNoRedirectInCirclesNorToNoAddress() {
    assertThatThrownBy(
            () ->
                download()
                    .fetch(
                        file("/circle", "/location?file:///etc/hosts", "/location?//"),
                        target,
                        ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("/circle: more than 5 redirects")
        .hasMessageContaining("redirected to no address: \"file:///etc/hosts\"")
        .hasMessageContaining("redirected to no address: \"//\"");
  }

  @Test
  void asksForTheFileAsItIs() throws IOException {
    download().fetch(file("/gzip-where-allowed"), target, ByteProgress.NONE);
    assertComplete();
  }

  @Test
  void printsNothingOfAnAnswerThatIsNotHttp() throws Exception {
    String garbage = "\u001b[31mSECRET\u0007\r\n\r\n" + "x".repeat(100_000);
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answer =
          CompletableFuture.runAsync(() -> answerOnce(socket, garbage));
      RemoteFile file = at("http://127.0.0.1:" + socket.getLocalPort() + "/net.onnx");
      assertThatThrownBy(() -> download().fetch(file, target, ByteProgress.NONE))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("/net.onnx: the answer is not HTTP");
      answer.get();
    }
  }

  private static void answerOnce(ServerSocket listening, String text) {
    try (Socket socket = listening.accept()) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // the client has read enough
    }
  }

  @Test
  void showsWhatAServerSentInAShortLine() throws IOException {
    leavePart(1000);
    assertThatThrownBy(() -> download().fetch(file("/odd-range"), target, ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessageMatching(".*asked for the bytes from \\d+, but got x{100}\\.\\.\\.; .*");
  }

  @Test
  void asksForTheNetworkWhenNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    RemoteFile file = at("http://127.0.0.1:" + port + "/net.onnx");
    assertThatThrownBy(() -> download().fetch(file, target, ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("no connection to 127.0.0.1:" + port + "; is there a network?");
  }

  @Test
  void asksForTheNetworkWhenAHostIsUnknown() {
    RemoteFile file = at("http://host.invalid/net.onnx");
    assertThatThrownBy(() -> download().fetch(file, target, ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("host.invalid")
        .hasMessageContaining("is there a network?");
  }

  private RemoteFile at(String source) {
    return new RemoteFile("net.onnx", List.of(URI.create(source)), Sha256.of(content), 300_000);
  }

  /** A disk with room for a few bytes only. */
  private static OutputStream small(OutputStream out, int room) {
    return new OutputStream() {
      private int left = room;

      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, Math.min(count, left));
        if (count > left) {
          throw new IOException("No space left on device");
        }
        left -= count;
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }

  @Test
  void leavesNothingOnAFullDisk() throws IOException {
    Sink sink = (path, append) -> small(Sink.DISK.open(path, append), 100_000);
    assertThatThrownBy(
            () ->
                new Download(Patience.DEFAULT, sink)
                    .fetch(file("/file"), target, ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessage(
            "the disk is full: net.onnx needs 300000 bytes in %s; make room, or choose another"
                + " folder with ADVERSIGHT_HOME",
            target.getParent());
    assertOnlyInFolder();
  }

  @Test
  void leavesNothingOnAFullDevice() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.isWritable(full), "skipped: no /dev/full");
    Files.createDirectories(part.getParent());
    Files.createSymbolicLink(part, full);
    assertThatThrownBy(() -> download().fetch(file("/file"), target, ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessageStartingWith("the disk is full: net.onnx needs 300000 bytes");
    assertOnlyInFolder();
  }

  @Test
  void refusesAFileForWhichThereIsNoRoom() {
    RemoteFile huge =
        new RemoteFile("net.onnx", List.of(server.at("/file")), Sha256.of(content), 1L << 60);
    assertThatThrownBy(() -> download().fetch(huge, target, ByteProgress.NONE))
        .isInstanceOf(FetchException.class)
        .hasMessageStartingWith("the disk is full: net.onnx needs 1152921504606846976 bytes");
  }

  @Test
  void downloadsOnceForManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    Callable<Path> fetch = () -> download().fetch(file("/slow"), target, ByteProgress.NONE);
    for (Future<Path> there : threads.invokeAll(List.of(fetch, fetch, fetch, fetch))) {
      assertThat(there.get()).isEqualTo(target);
    }
    threads.shutdown();
    assertComplete();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void downloadsOnceForTwoProcesses() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  FetchMain.class.getName(),
                  server.at("/slow").toString(),
                  Sha256.of(content),
                  Integer.toString(content.length),
                  target.toString())
              .inheritIO()
              .start());
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    assertComplete();
    assertThat(server.requests()).hasSize(1);
  }

  /** Downloads one file in a process of its own. */
  static final class FetchMain {
    private FetchMain() {}

    public static void main(String[] args) {
      RemoteFile file =
          new RemoteFile(
              "net.onnx", List.of(URI.create(args[0])), args[1], Long.parseLong(args[2]));
      new Download().fetch(file, Path.of(args[3]), ByteProgress.NONE);
    }
  }
}
