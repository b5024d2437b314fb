package io.adversight.tensor;

import io.adversight.input.InputException;
import java.util.Locale;
import org.bytedeco.pytorch.global.torch;

/**
 * Where tensors live and are computed.
 *
 * @param kind processor or graphics card
 * @param index which card, 0 for the processor
 */
public record Device(Kind kind, int index) {
  /** The processor. */
  public static final Device CPU = new Device(Kind.CPU, 0);

  /** The kinds of device. */
  public enum Kind {
    CPU,
    CUDA
  }

  public Device {
    if (index < 0 || (kind == Kind.CPU && index != 0)) {
      throw new InputException(
          "there is no device %s:%s".formatted(kind.name().toLowerCase(Locale.ROOT), index));
    }
  }

  /**
   * Reads {@code cpu}, {@code cuda} or {@code cuda:1}.
   *
   * @throws IllegalArgumentException if the text is none of these, or the device is not there
   */
  public static Device parse(String text) {
    if (text.equals("cpu")) {
      return CPU;
    }
    if (!text.matches("cuda(:[0-9]{1,2})?")) {
      throw new InputException("unknown device \"%s\"; use cpu, cuda or cuda:N".formatted(text));
    }
    Engine.start();
    if (!torch.cuda_is_available()) {
      throw new InputException(
          "no CUDA device was found (the natives with the classifier linux-x86_64-gpu are needed);"
              + " use --device cpu");
    }
    int colon = text.indexOf(':');
    return new Device(Kind.CUDA, colon < 0 ? 0 : Integer.parseInt(text.substring(colon + 1)));
  }

  org.bytedeco.pytorch.Device handle() {
    return new org.bytedeco.pytorch.Device(toString());
  }

  @Override
  public String toString() {
    return kind == Kind.CPU ? "cpu" : "cuda:" + index;
  }
}
