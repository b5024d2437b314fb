package io.adversight.tensor;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.net.URL;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;

/**
 * A network in ONNX Runtime: nothing is recorded. Its native memory is freed when it is closed, or
 * unreachable. Several threads may use it at once, but none while it is closed.
 *
 * <p>Implementation notes. (1) Left alone the library unpacks itself to a new temporary folder in
 * every process; it is unpacked once, to where libtorch is. (2) Threads that wait do not spin: the
 * same speed on an idle machine, and no time lost on one that is busy.
 */
public final class InferenceSession implements AutoCloseable {
  /** The version that results state as their provenance. */
  public static final String VERSION = "ONNX Runtime 1.23.2";

  private static final String FOLDER = "onnxruntime.native.path";
  private static final String[] LIBRARIES = {"onnxruntime", "onnxruntime4j_jni"};
  private static final Cleaner CLEANER = Cleaner.create();
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final OrtSession session;
  private final String input;
  private final int threads;
  private final Cleaner.Cleanable memory;

  private InferenceSession(OrtSession session, int threads) {
    this.session = session;
    this.input = session.getInputNames().iterator().next();
    this.threads = threads;
    OPEN.incrementAndGet();
    this.memory = CLEANER.register(this, () -> free(session));
  }

  private static final class Started {
    static final OrtEnvironment ENVIRONMENT = load();

    private static OrtEnvironment load() {
      NativeCache.choose();
      if (System.getProperty(FOLDER) == null) {
        unpack();
      }
      // What fails is thrown; the log would repeat it.
      return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "adversight");
    }

    private static void unpack() {
      for (String library : LIBRARIES) {
        String file = "native/" + platform() + "/" + System.mapLibraryName(library);
        URL url = OrtEnvironment.class.getResource(file);
        if (url == null) {
          throw new UnsatisfiedLinkError("ONNX Runtime is not there for " + platform());
        }
        try {
          System.setProperty(FOLDER, Loader.cacheResource(url).getParent());
        } catch (IOException e) {
          throw new UncheckedIOException("ONNX Runtime could not be unpacked", e);
        }
      }
    }

    /** As the library's jar calls the platform. */
    private static String platform() {
      String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
      boolean arm = System.getProperty("os.arch", "").equals("aarch64");
      String name = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
      return name + (arm ? "-aarch64" : "-x64");
    }
  }

  /**
   * Opens a network.
   *
   * @param network an ONNX file; {@link #run(Tensor)} takes those of one float32 input and output
   * @param threads that one pass may use, at least 1
   * @throws TensorException if ONNX Runtime refuses it, or is not there for this machine
   */
  public static InferenceSession of(byte[] network, int threads) {
    try {
      // First of all: options alone would load the library from where it unpacks itself.
      OrtEnvironment environment = Started.ENVIRONMENT;
      return of(network, threads, environment);
    } catch (OrtException | LinkageError | UncheckedIOException e) {
      throw TensorException.translate(e);
    }
  }

  private static InferenceSession of(byte[] network, int threads, OrtEnvironment environment)
      throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return new InferenceSession(environment.createSession(network, options), threads);
    }
  }

  /** How many sessions hold native memory now. */
  public static int open() {
    return OPEN.get();
  }

  /** How many threads a pass may use. */
  public int threads() {
    return threads;
  }

  /**
   * The output for a batch; nothing is recorded.
   *
   * @param batch float32, in the shape of the network's input
   * @throws TensorException if it does not fit, or the memory does not suffice
   */
  public Tensor run(Tensor batch) {
    try (Scope scope = Scope.open();
        FloatPointer values = batch.contiguous().handle().data_ptr_float()) {
      FloatBuffer buffer = values.capacity(batch.elements()).asBuffer();
      return scope.keep(run(buffer, batch.shape().toArray()));
    }
  }

  private Tensor run(FloatBuffer values, long... shape) {
    try (OnnxTensor tensor = OnnxTensor.createTensor(Started.ENVIRONMENT, values, shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      return tensor((OnnxTensor) result.get(0));
    } catch (OrtException e) {
      throw TensorException.translate(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * All outputs in the network's order, for a batch that is computed some images at a time: where
   * the values of many layers are needed together, passes of few images stay in the processor's
   * caches.
   *
   * @param inputs float32, in the network's order; each has the same number of rows for every image
   * @param outputs the shapes of the outputs for the whole batch, likewise
   * @param images in the batch
   * @param part how many images one pass takes, at least 1
   * @throws TensorException if they do not fit, or the memory does not suffice
   */
  public List<Tensor> run(List<Tensor> inputs, List<Shape> outputs, int images, int part) {
    try (Scope scope = Scope.open()) {
      List<Rows> given = new ArrayList<>();
      for (Tensor input : inputs) {
        given.add(Rows.of(input.contiguous(), images));
      }
      List<Rows> found = new ArrayList<>();
      for (Shape output : outputs) {
        found.add(Rows.of(Tensor.zeros(output.toArray()), images));
      }
      for (int first = 0; first < images; first += part) {
        pass(given, found, first, Math.min(part, images - first));
      }
      return found.stream().map(rows -> scope.keep(rows.tensor())).toList();
    } catch (OrtException e) {
      throw TensorException.translate(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private void pass(List<Rows> given, List<Rows> found, int first, int count) throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
    try {
      for (String name : session.getInputNames()) {
        inputs.put(name, given.get(inputs.size()).of(first, count));
      }
      for (String name : session.getOutputNames()) {
        outputs.put(name, found.get(outputs.size()).of(first, count));
      }
      session.run(inputs, outputs).close();
    } finally {
      inputs.values().forEach(OnnxTensor::close);
      outputs.values().forEach(OnnxTensor::close);
    }
  }

  /** The memory of a tensor that has the same number of rows for every image. */
  private record Rows(Tensor tensor, FloatBuffer values, int images) {
    static Rows of(Tensor tensor, int images) {
      try (FloatPointer values = tensor.handle().data_ptr_float()) {
        return new Rows(tensor, values.capacity(tensor.elements()).asBuffer(), images);
      }
    }

    /** Those of some images, not copied. */
    OnnxTensor of(int first, int count) throws OrtException {
      int size = values.capacity() / images;
      FloatBuffer part = values.slice(first * size, count * size);
      Shape shape = tensor.shape();
      long rows = shape.size(0) / images * count;
      return OnnxTensor.createTensor(Started.ENVIRONMENT, part, shape.with(0, rows).toArray());
    }
  }

  /**
   * All outputs by name; nothing is recorded.
   *
   * @param inputs by name, float32 or int64; those that the network does not have are left out
   * @throws TensorException if they do not fit, or the memory does not suffice
   * @throws IllegalArgumentException if an input of the network is missing
   */
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    try {
      for (String name : session.getInputNames()) {
        Tensor value = inputs.get(name);
        if (value == null) {
          throw new IllegalArgumentException("the network has an input \"%s\"".formatted(name));
        }
        given.put(name, copy(value));
      }
      try (OrtSession.Result result = session.run(given)) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        result.forEach(
            output -> outputs.put(output.getKey(), tensor((OnnxTensor) output.getValue())));
        return outputs;
      }
    } catch (OrtException e) {
      throw TensorException.translate(e);
    } finally {
      given.values().forEach(OnnxTensor::close);
      Reference.reachabilityFence(this);
    }
  }

  private static OnnxTensor copy(Tensor value) throws OrtException {
    long[] sizes = value.shape().toArray();
    return value.isFloating()
        ? OnnxTensor.createTensor(Started.ENVIRONMENT, FloatBuffer.wrap(value.toFloats()), sizes)
        : OnnxTensor.createTensor(Started.ENVIRONMENT, LongBuffer.wrap(value.toLongs()), sizes);
  }

  private static Tensor tensor(OnnxTensor output) {
    return Tensor.of(output.getFloatBuffer(), output.getInfo().getShape());
  }

  private static void free(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw TensorException.translate(e);
    } finally {
      OPEN.decrementAndGet();
    }
  }

  @Override
  public void close() {
    memory.clean();
  }
}
