package io.adversight.training;

import io.adversight.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a training writes: each file appears whole or not at all. */
record TrainingFolder(Path folder) {
  /** A folder that is there, or is made. */
  static TrainingFolder open(Path folder) {
    try {
      return new TrainingFolder(Files.createDirectories(folder));
    } catch (IOException e) {
      throw new UncheckedIOException("the folder %s cannot be written".formatted(folder), e);
    }
  }

  Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] bytes) {
    AtomicFile.writeDurably(folder.resolve(name), bytes);
    return folder.resolve(name);
  }
}
