package io.adversight.mutation;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
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

  /** Changes one field: one that is set, deep ones as likely as others, or rarely any. */
  private static void change(Message.Builder message, SplittableRandom random) {
    if (message.getAllFields().isEmpty() || random.nextInt(40) == 0) {
      List<FieldDescriptor> all = message.getDescriptorForType().getFields();
      changeField(message, all.get(random.nextInt(all.size())), random);
      return;
    }
    int at = random.nextInt(fields(message));
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      int inside = fields(message, field);
      if (at < 2 + inside) {
        if (at < 2) {
          changeField(message, field, random);
        } else {
          changeInside(message, field, at - 2, random);
        }
        return;
      }
      at -= 2 + inside;
    }
  }

  /** How many fields are set in a message and those inside it; each own field counts twice. */
  private static int fields(MessageOrBuilder message) {
    int count = 0;
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      count += 2 + fields(message, field);
    }
    return count;
  }

  private static int fields(MessageOrBuilder message, FieldDescriptor field) {
    return parts(message, field).stream().mapToInt(MessageMutations::fields).sum();
  }

  /** The messages in a field. */
  private static List<Message> parts(MessageOrBuilder message, FieldDescriptor field) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return List.of();
    }
    Object value = message.getField(field);
    return value instanceof List<?> list
        ? list.stream().map(Message.class::cast).toList()
        : List.of((Message) value);
  }

  private static void changeInside(
      Message.Builder message, FieldDescriptor field, int at, SplittableRandom random) {
    List<Message> parts = new ArrayList<>(parts(message, field));
    int part = 0;
    for (int left = at - fields(parts.get(0)); left >= 0; left -= fields(parts.get(part))) {
      part++;
    }
    Message.Builder changed = parts.get(part).toBuilder();
    change(changed, random);
    parts.set(part, changed.build());
    message.setField(field, field.isRepeated() ? parts : parts.get(0));
  }

  private static void changeField(
      Message.Builder message, FieldDescriptor field, SplittableRandom random) {
    if (field.isRepeated()) {
      changeList(message, field, random);
    } else if (random.nextInt(4) == 0) {
      message.clearField(field);
    } else {
      message.setField(field, other(field, message.getField(field), random));
    }
  }

  private static void changeList(
      Message.Builder message, FieldDescriptor field, SplittableRandom random) {
    List<Object> values = new ArrayList<>((List<?>) message.getField(field));
    if (values.isEmpty()) {
      values.add(
          field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
              ? message.newBuilderForField(field).build()
              : other(field, "", random));
    }
    int at = random.nextInt(values.size());
    switch (random.nextInt(6)) {
      case 0 -> values.remove(at);
      case 1 -> values.add(values.get(at));
      case 2 -> values.clear();
      case 3 -> Collections.swap(values, at, random.nextInt(values.size()));
      default -> values.set(at, other(field, values.get(at), random));
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
