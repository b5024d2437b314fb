package io.adversight.lab.batch;

import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.lab.http.UnreadableJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.core.JacksonException;

/**
 * Reads the files of studies, which may have been edited or damaged since they were written: one
 * that cannot be used is an {@link InputException} that names the file without its folder.
 */
final class StudyFiles {
  private static final long LARGEST = 256L << 20;
  private static final long LARGEST_PICTURE = 32L << 20;

  private StudyFiles() {}

  /**
   * What {@code reader} makes of a text file.
   *
   * @throws InputException if the file has more than 256 MB, or is not what the reader expects
   */
  static <T> T read(Path file, Function<String, T> reader) {
    String text = text(file);
    try {
      return reader.apply(text);
    } catch (JacksonException e) {
      throw damaged(file, UnreadableJson.explained(e), e);
    } catch (InputException e) {
      throw damaged(file, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The bytes of a picture.
   *
   * @throws UnknownNameException if there is none of usual size
   */
  static byte[] bytes(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_PICTURE) {
        throw new UnknownNameException("the study has no such picture any more");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture cannot be read", e);
    }
  }

  private static String text(Path file) {
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s of the study has %,d bytes; at most %,d are read",
                file.getFileName(),
                size,
                LARGEST));
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw damaged(file, "not text in UTF-8", e);
    } catch (IOException e) {
      throw new UncheckedIOException("a study cannot be read", e);
    }
  }

  private static InputException damaged(Path file, String reason, Exception cause) {
    return new InputException(
        "%s of the study is damaged: %s; restore the file, or remove the folder of the study"
            .formatted(file.getFileName(), reason),
        cause);
  }
}
