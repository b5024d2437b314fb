package io.adversight.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Gradients of recorded tensors, by reverse-mode differentiation. */
public final class Gradients {
  private Gradients() {}

  /** What becomes of the recording after a backward pass. */
  public enum Recording {
    /** It is freed: no further backward pass through it. */
    FREE,
    /** It stays for further backward passes. */
    KEEP,
    /** It stays, and the gradients are recorded themselves, for second derivatives. */
    CREATE
  }

  /**
   * The gradient of the sum of {@code output} with respect to {@code input}, in its shape; zero
   * where {@code output} does not depend on {@code input}.
   *
   * @throws TensorException if {@code output} was not recorded
   */
  public static Tensor of(Tensor output, Tensor input) {
    return of(output, List.of(input), Recording.FREE).get(0);
  }

  /** The gradients of the sum of {@code output} with respect to each of {@code inputs}. */
  public static List<Tensor> of(Tensor output, List<Tensor> inputs, Recording recording) {
    return of(output, output.fullLike(1), inputs, recording);
  }

  /** The gradients of the sum of {@code output * weights} with respect to each of the inputs. */
  public static List<Tensor> of(
      Tensor output, Tensor weights, List<Tensor> inputs, Recording recording) {
    TensorVector found =
        Tensor.guarded(
            () ->
                torch.grad(
                    Tensor.vector(List.of(output)),
                    Tensor.vector(inputs),
                    Tensor.vector(List.of(weights)),
                    new BoolOptional(recording != Recording.FREE),
                    recording == Recording.CREATE,
                    true));
    List<Tensor> gradients = new ArrayList<>(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      org.bytedeco.pytorch.Tensor gradient = new org.bytedeco.pytorch.Tensor(found.get(i));
      gradients.add(gradient.defined() ? new Tensor(gradient) : inputs.get(i).fullLike(0));
    }
    found.close();
    return List.copyOf(gradients);
  }

  /**
   * Lets only positive gradients pass {@code tensor} on the way back: what guided backpropagation
   * and the deconvnet do at every ReLU. Returns {@code tensor}.
   */
  public static Tensor keepPositive(Tensor tensor) {
    if (tensor.isRecorded()) {
      Tensor.guarded(() -> tensor.handle().register_hook(Positive.HOOK));
    }
    return tensor;
  }

  /** Work inside is not recorded, which saves memory; close it to record again. */
  public static Off off() {
    Engine.start();
    return new Off();
  }

  /** A block of work that is not recorded on this thread. */
  public static final class Off implements AutoCloseable {
    private final AutoGradMode mode = new AutoGradMode(false);

    private Off() {}

    @Override
    public void close() {
      mode.close();
    }
  }

  /** One instance serves every hook; the native callback is allocated once and never freed. */
  private static final class Positive extends TensorTensorHook {
    static final Positive HOOK = new Positive();

    Positive() {
      PointerScope open = PointerScope.getInnerScope();
      if (open != null) {
        retainReference();
        open.detach(this);
      }
    }

    @Override
    public TensorBase call(TensorBase gradient) {
      return torch.relu(new org.bytedeco.pytorch.Tensor(gradient));
    }
  }
}
