package io.adversight.benchmarks;

import io.adversight.home.DataHome;
import io.adversight.lab.Lab;
import io.adversight.lab.LabOptions;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;

/**
 * The resident memory of a lab, in a process of its own, while eight PNG of 40 megapixels are
 * uploaded at the same time, and while it is idle afterwards, with the collector that {@code
 * ./adversight} asks for. Linux only: reads {@code /proc}.
 */
public final class UploadMemory {
  private static final int IMAGES = 8;
  private static final int WIDTH = 8000;
  private static final int HEIGHT = 5000;
  private static final int IDLE_SECONDS = 75;
  private static final String SERVE = "serve";

  private UploadMemory() {}

  /** Prints MiB before, at most during, and after the uploads. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("upload-memory");
    if (args.length > 0 && args[0].equals(SERVE)) {
      serve(folder);
      return;
    }
    Process lab =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmn256m",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=20",
                "-cp",
                System.getProperty("java.class.path"),
                UploadMemory.class.getName(),
                SERVE)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = lab.inputReader(StandardCharsets.UTF_8)) {
      measure(folder, output.readLine(), lab.pid());
    } finally {
      lab.destroy();
    }
  }

  private static void serve(Path home) throws InterruptedException {
    Lab lab =
        Lab.start(
            new LabOptions(
                LabOptions.LOOPBACK,
                0,
                Optional.empty(),
                Optional.empty(),
                new DataHome(home, List.of())));
    System.out.println(lab.address());
    Thread.currentThread().join();
  }

  private static void measure(Path folder, String address, long process)
      throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < IMAGES; i++) {
      write(folder.resolve(i + ".png"), i);
    }
    print("before", residentMebibytes(process));
    List<CompletableFuture<HttpResponse<String>>> uploads = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address + "api/images?name=" + i + ".png"))
              .POST(HttpRequest.BodyPublishers.ofFile(folder.resolve(i + ".png")))
              .build();
      uploads.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
    }
    long highest = 0;
    while (!uploads.stream().allMatch(CompletableFuture::isDone)) {
      highest = Math.max(highest, residentMebibytes(process));
      Thread.sleep(20);
    }
    uploads.forEach(upload -> System.out.println("status " + upload.join().statusCode()));
    print("highest during the uploads", highest);
    print("right after", residentMebibytes(process));
    for (int second = 0; second < 2 * IDLE_SECONDS; second += IDLE_SECONDS) {
      Thread.sleep(1000L * IDLE_SECONDS);
      print("idle for %s s".formatted(second + IDLE_SECONDS), residentMebibytes(process));
    }
  }

  /** A smooth image, which a PNG of at most 20 MiB can hold; another one for each number. */
  private static void write(Path file, int number) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    byte[] levels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (i / 3 % WIDTH / 40 + 16 * number);
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private static long residentMebibytes(long process) throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc", Long.toString(process), "status")).stream()
            .filter(entry -> entry.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10;
  }

  private static void print(String when, long mebibytes) {
    System.out.printf(Locale.ROOT, "%s: %d MiB%n", when, mebibytes);
  }
}
