package io.adversight.compile;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A compiled file in ONNX Runtime, as its users run it. */
public final class CompiledRun implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /**
   * Opens a file.
   *
   * @throws IllegalStateException if ONNX Runtime refuses it
   */
  public CompiledRun(byte[] file) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(Engine.threads());
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      this.session = environment.createSession(file, options);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /**
   * All outputs by name, each as (N, ...).
   *
   * @param inputs by name; those that the file does not have are left out
   */
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    try {
      for (String name : session.getInputNames()) {
        Tensor value = inputs.get(name);
        if (value == null) {
          throw new IllegalArgumentException("the file has an input \"%s\"".formatted(name));
        }
        given.put(name, tensor(value));
      }
      try (OrtSession.Result result = session.run(given)) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxValue> output : result) {
          OnnxTensor value = (OnnxTensor) output.getValue();
          outputs.put(
              output.getKey(), Tensor.of(value.getFloatBuffer(), value.getInfo().getShape()));
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw failed(e);
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(Tensor value) throws OrtException {
    long[] sizes = value.shape().toArray();
    return value.isFloating()
        ? OnnxTensor.createTensor(environment, FloatBuffer.wrap(value.toFloats()), sizes)
        : OnnxTensor.createTensor(environment, LongBuffer.wrap(value.toLongs()), sizes);
  }

  private static IllegalStateException failed(OrtException e) {
    return new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }
}
