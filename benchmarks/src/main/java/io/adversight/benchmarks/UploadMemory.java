package io.adversight.benchmarks;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.UnsafeByteOperations;
import io.adversight.home.DataHome;
import io.adversight.lab.Lab;
import io.adversight.lab.LabOptions;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
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
 * uploaded at the same time and then a network of 600 MB, and while it is idle after each, with the
 * settings of {@code ./adversight}. Linux only: reads {@code /proc}.
 */
public final class UploadMemory {
  private static final int IMAGES = 8;
  private static final int WIDTH = 8000;
  private static final int HEIGHT = 5000;
  private static final int PIXELS = 28 * 28;

  /** Outputs of a dense layer with as many bytes as a lab takes, 600 MB, but for some names. */
  private static final int OUTPUTS = (int) ((599L << 20) / (4 * PIXELS));

  private static final int IDLE_SECONDS = 60;
  private static final int EVERY_SECONDS = 15;
  private static final int SETTLING_SECONDS = 40;
  private static final long ALLOWED = 300;
  private static final String SERVE = "serve";

  private UploadMemory() {}

  /** Prints MiB before, at most during, and after the uploads, and whether they came back. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("upload-memory");
    if (args.length > 0 && args[0].equals(SERVE)) {
      serve(folder);
      return;
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmn256m",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=20",
                "-XX:-ShrinkHeapInSteps",
                "-cp",
                System.getProperty("java.class.path"),
                UploadMemory.class.getName(),
                SERVE)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("MALLOC_TRIM_THRESHOLD_", "1073741824");
    builder.environment().put("MALLOC_MMAP_THRESHOLD_", "1073741824");
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    Process lab = builder.start();
    try (BufferedReader output = lab.inputReader(StandardCharsets.UTF_8)) {
      measure(folder, URI.create(output.readLine()), lab.pid());
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
    lab.warmUp();
    System.out.println(lab.address());
    Thread.currentThread().join();
  }

  private static void measure(Path folder, URI address, long process)
      throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    List<HttpRequest> images = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      Path file = folder.resolve(i + ".png");
      write(file, i);
      images.add(upload(address.resolve("api/images?name=" + i + ".png"), file));
    }
    Path network = folder.resolve("network.onnx");
    writeNetwork(network);
    Thread.sleep(1000L * SETTLING_SECONDS);
    long before = residentMebibytes(process);
    print("before, with the first answers prepared", before);
    boolean kept = after("eight images", images, client, process, before);
    kept &=
        after(
            "a network of %s MB".formatted(Files.size(network) >> 20),
            List.of(upload(address.resolve("api/model-uploads?name=network.onnx"), network)),
            client,
            process,
            before);
    System.out.printf(
        Locale.ROOT, "within %d MiB of before: %s%n", ALLOWED, kept ? "kept" : "MISSED");
  }

  private static boolean after(
      String what, List<HttpRequest> requests, HttpClient client, long process, long before)
      throws IOException, InterruptedException {
    List<CompletableFuture<HttpResponse<String>>> uploads = new ArrayList<>();
    for (HttpRequest request : requests) {
      uploads.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
    }
    long highest = 0;
    while (!uploads.stream().allMatch(CompletableFuture::isDone)) {
      highest = Math.max(highest, residentMebibytes(process));
      Thread.sleep(20);
    }
    for (CompletableFuture<HttpResponse<String>> upload : uploads) {
      HttpResponse<String> answer = upload.join();
      if (answer.statusCode() != 201) {
        throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
      }
    }
    print("highest during the upload of " + what, highest);
    print("right after", residentMebibytes(process));
    long now = 0;
    for (int second = EVERY_SECONDS; second <= IDLE_SECONDS; second += EVERY_SECONDS) {
      Thread.sleep(1000L * EVERY_SECONDS);
      now = residentMebibytes(process);
      print("idle for %s s".formatted(second), now);
    }
    return now - before <= ALLOWED;
  }

  private static HttpRequest upload(URI address, Path file) throws IOException {
    return HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofFile(file)).build();
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

  /** A dense layer over grey images of 28 x 28 pixels. */
  private static void writeNetwork(Path file) throws IOException {
    OnnxMl.TensorProto weights =
        OnnxMl.TensorProto.newBuilder()
            .setName("weights")
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT_VALUE)
            .addDims(PIXELS)
            .addDims(OUTPUTS)
            .setRawData(UnsafeByteOperations.unsafeWrap(new byte[4 * PIXELS * OUTPUTS]))
            .build();
    OnnxMl.GraphProto graph =
        OnnxMl.GraphProto.newBuilder()
            .setName("dense")
            .addInput(value("image", 1, 1, 28, 28))
            .addNode(node("Flatten", "flat", "image"))
            .addNode(node("MatMul", "scores", "flat", "weights"))
            .addInitializer(weights)
            .addOutput(value("scores", 1, OUTPUTS))
            .build();
    try (OutputStream out = Files.newOutputStream(file)) {
      OnnxMl.ModelProto.newBuilder()
          .setIrVersion(8)
          .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(13))
          .setGraph(graph)
          .build()
          .writeTo(out);
    }
  }

  private static OnnxMl.NodeProto node(String type, String output, String... inputs) {
    return OnnxMl.NodeProto.newBuilder()
        .setOpType(type)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static OnnxMl.ValueInfoProto value(String name, long... shape) {
    OnnxMl.TensorShapeProto.Builder sizes = OnnxMl.TensorShapeProto.newBuilder();
    for (long size : shape) {
      sizes.addDimBuilder().setDimValue(size);
    }
    OnnxMl.TypeProto.Tensor type =
        OnnxMl.TypeProto.Tensor.newBuilder()
            .setElemType(OnnxMl.TensorProto.DataType.FLOAT_VALUE)
            .setShape(sizes)
            .build();
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.TypeProto.newBuilder().setTensorType(type))
        .build();
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
