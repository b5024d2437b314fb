package io.adversight.mutation;

import com.google.protobuf.Message;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Damaged inputs for a reader: variants of valid ones. The same seed always gives the same input,
 * so that a failure can be repeated: {@code mutations.input(seed)}.
 */
@FunctionalInterface
public interface Mutations {
  /** The input of that seed. */
  byte[] input(long seed);

  /** Binary files: flipped bits, other numbers, missing, repeated and mixed up parts. */
  static Mutations ofBytes(byte[]... originals) {
    return new ByteMutations(List.of(originals));
  }

  /** Texts, in UTF-8: extreme numbers, missing and repeated parts, brackets, odd characters. */
  static Mutations ofText(String... originals) {
    return new TextMutations(List.of(originals));
  }

  /** JSON texts: values of other types, extreme numbers, missing and unknown fields, deep nests. */
  static Mutations ofJson(String... originals) {
    return new JsonMutations(List.of(originals));
  }

  /** Protocol buffers that stay well-formed: changed, missing and repeated fields. */
  static Mutations ofMessages(Message... originals) {
    return new MessageMutations(List.of(originals));
  }

  /** These inputs and those of {@code other} in turn. */
  default Mutations and(Mutations other) {
    return seed -> seed % 2 == 0 ? input(seed / 2) : other.input(seed / 2);
  }

  /** A source of randomness whose first numbers differ between neighbouring seeds. */
  static SplittableRandom random(long seed) {
    return new SplittableRandom(new SplittableRandom(seed).nextLong());
  }
}
