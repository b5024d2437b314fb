package io.adversight.graph.onnx;

import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.Collections;
import java.util.List;

/**
 * A value during an import, seen at several probes: batches of different sizes. What is the same at
 * all of them does not depend on the batch.
 */
sealed interface OnnxValue {
  /** The shape at each probe. */
  List<Shape> shapes();

  /** The value as it is at one probe alone. */
  OnnxValue at(int probe);

  /** Whether nothing about it depends on the batch. */
  boolean isFixed();

  /** What its elements are. */
  Kind kind();

  /** What the elements of a value are; all floating point types are one. */
  enum Kind {
    REAL("floating point numbers"),
    WHOLE("whole numbers"),
    CONDITION("conditions");

    private final String plural;

    Kind(String plural) {
      this.plural = plural;
    }

    @Override
    public String toString() {
      return plural;
    }
  }

  /** What a node of the graph, or the input, will give when the network runs. */
  record Computed(String node, List<Shape> shapes, Kind kind) implements OnnxValue {
    public Computed {
      shapes = List.copyOf(shapes);
    }

    @Override
    public OnnxValue at(int probe) {
      return new Computed(node, List.of(shapes.get(probe)), kind);
    }

    @Override
    public boolean isFixed() {
      return shapes.stream().distinct().count() == 1;
    }
  }

  /** What is known already, once per probe; the same object where it does not depend on it. */
  record Known(List<Tensor> tensors) implements OnnxValue {
    public Known {
      tensors = List.copyOf(tensors);
    }

    static Known everywhere(Tensor tensor, int probes) {
      return new Known(Collections.nCopies(probes, tensor));
    }

    @Override
    public Kind kind() {
      Tensor tensor = tensors.get(0);
      return tensor.isFloating() ? Kind.REAL : tensor.isBoolean() ? Kind.CONDITION : Kind.WHOLE;
    }

    @Override
    public List<Shape> shapes() {
      return tensors.stream().map(Tensor::shape).toList();
    }

    @Override
    public OnnxValue at(int probe) {
      return new Known(List.of(tensors.get(probe)));
    }

    @Override
    public boolean isFixed() {
      return tensors.stream().distinct().count() == 1;
    }
  }
}
