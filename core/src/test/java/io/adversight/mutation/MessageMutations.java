package io.adversight.mutation;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Protocol buffers in which one to three fields, of messages at any depth, are others. */
record MessageMutations(List<Message> originals) implements Mutations {
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    3,
    4,
    7,
    64,
    65,
    1 << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final double[] REALS = {
    0, -1, 1e-30, 1e30, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  @Override
  public byte[] input(long seed) {
    SplittableRandom random = Mutations.random(seed);
    Message.Builder message = originals.get(random.nextInt(originals.size())).toBuilder();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      change(message, random);
    }
    return message.build().toByteArray();
  }

  private static void change(Message.Builder message, SplittableRandom random) {
    List<FieldDescriptor> fields = new ArrayList<>(message.getAllFields().keySet());
    if (fields.isEmpty() || random.nextInt(40) == 0) {
      fields = message.getDescriptorForType().getFields();
    }
    FieldDescriptor field = fields.get(random.nextInt(fields.size()));
    boolean inside =
        field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && random.nextInt(8) != 0;
    if (field.isRepeated()) {
      changeList(message, field, inside, random);
    } else if (inside) {
      Message.Builder part = ((Message) message.getField(field)).toBuilder();
      change(part, random);
      message.setField(field, part.build());
    } else if (random.nextInt(4) == 0) {
      message.clearField(field);
    } else {
      message.setField(field, other(field, message.getField(field), random));
    }
  }

  private static void changeList(
      Message.Builder message, FieldDescriptor field, boolean inside, SplittableRandom random) {
    List<Object> values = new ArrayList<>((List<?>) message.getField(field));
    if (values.isEmpty()) {
      values.add(
          field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
              ? message.newBuilderForField(field).build()
              : other(field, "", random));
    }
    int at = random.nextInt(values.size());
    if (inside) {
      Message.Builder part = ((Message) values.get(at)).toBuilder();
      change(part, random);
      values.set(at, part.build());
    } else {
      switch (random.nextInt(6)) {
        case 0 -> values.remove(at);
        case 1 -> values.add(values.get(at));
        case 2 -> values.clear();
        case 3 -> Collections.swap(values, at, random.nextInt(values.size()));
        default -> values.set(at, other(field, values.get(at), random));
      }
    }
    message.setField(field, values);
  }

  private static Object other(FieldDescriptor field, Object old, SplittableRandom random) {
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    double real = REALS[random.nextInt(REALS.length)];
    return switch (field.getJavaType()) {
      case INT -> (int) number;
      case LONG -> number;
      case FLOAT -> (float) real;
      case DOUBLE -> real;
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text(String.valueOf(old), random);
      case BYTE_STRING ->
          old instanceof ByteString bytes && random.nextBoolean()
              ? bytes.substring(0, random.nextInt(bytes.size() + 1))
              : ByteString.copyFromUtf8(text("", random));
      case ENUM -> {
        List<EnumValueDescriptor> choices = field.getEnumType().getValues();
        yield choices.get(random.nextInt(choices.size()));
      }
      case MESSAGE -> ((Message) old).getDefaultInstanceForType();
    };
  }

  private static String text(String old, SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> "";
      case 1 -> old + "x";
      case 2 -> "\u001b[31m\n";
      case 3 -> "abc";
      case 4 -> Long.toString(NUMBERS[random.nextInt(NUMBERS.length)]);
      default -> "a".repeat(3000);
    };
  }
}
