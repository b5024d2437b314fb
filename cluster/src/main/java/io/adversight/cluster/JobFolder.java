package io.adversight.cluster;

import io.adversight.file.IoReason;
import io.adversight.input.InputException;
import io.adversight.report.SpecDifference;
import io.adversight.text.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The results of a job on any Hadoop file system: the same job goes on in it, another is refused.
 *
 * <pre>
 * study.json                 what was asked for
 * rows/part-*.parquet        an image a row; a file is there whole or not at all
 * result.json  report.html   once every part is there
 * </pre>
 */
final class JobFolder {
  private static final String SPEC = "study.json";

  private final FileSystem files;
  private final Path folder;

  private JobFolder(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * A folder that results are or will be in.
   *
   * @throws InputException if it names no file system that can be reached, or a file
   */
  static JobFolder at(String uri, Configuration hadoop) {
    try {
      Path path = new Path(uri);
      FileSystem files = path.getFileSystem(hadoop);
      if (files.exists(path) && !files.getFileStatus(path).isDirectory()) {
        throw new InputException("%s is a file; give a folder with --out".formatted(uri));
      }
      return new JobFolder(files, path);
    } catch (IOException e) {
      throw failed("%s cannot be opened".formatted(uri), e);
    } catch (IllegalArgumentException e) {
      if (e instanceof InputException input) {
        throw input;
      }
      throw new InputException("--out %s: %s".formatted(uri, e.getMessage()), e);
    }
  }

  /**
   * Begins a job in the folder, or goes on with it.
   *
   * @param identity what is done with which images
   * @throws InputException if the folder holds something else
   */
  void begin(ObjectNode identity) {
    JsonNode wanted = Json.MAPPER.readTree(identity.toString());
    try {
      if (files.exists(new Path(folder, SPEC))) {
        JsonNode held = spec();
        if (!held.equals(wanted)) {
          throw new InputException(
              "%s holds the results of another job (%s); give another folder with --out"
                  .formatted(folder, SpecDifference.between(held, wanted)));
        }
        return;
      }
      if (!isVacant()) {
        throw new InputException(
            "%s is not empty; give another folder with --out".formatted(folder));
      }
    } catch (IOException e) {
      throw failed("%s cannot be read".formatted(folder), e);
    }
    write(SPEC, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(identity) + "\n");
  }

  private boolean isVacant() throws IOException {
    if (!files.exists(folder)) {
      return true;
    }
    for (FileStatus entry : files.listStatus(folder)) {
      if (!entry.getPath().getName().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  /**
   * What was asked for.
   *
   * @throws InputException if the folder holds no job
   */
  JsonNode spec() {
    Path file = new Path(folder, SPEC);
    try (FSDataInputStream in = files.open(file)) {
      return Json.MAPPER.readTree(in.readAllBytes());
    } catch (FileNotFoundException e) {
      throw new InputException(
          "%s holds no results of a job: there is no %s in it".formatted(folder, SPEC), e);
    } catch (JacksonException e) {
      throw new InputException("%s: %s".formatted(file, Json.reason(e)), e);
    } catch (IOException e) {
      throw failed("%s cannot be read".formatted(file), e);
    }
  }

  /** Where the rows are. */
  String rows() {
    return new Path(folder, "rows").toString();
  }

  /** Whether there are rows. */
  boolean hasRows() {
    try {
      Path rows = new Path(folder, "rows");
      if (!files.exists(rows)) {
        return false;
      }
      for (FileStatus entry : files.listStatus(rows)) {
        if (entry.getPath().getName().endsWith(".parquet")) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw failed("%s cannot be read".formatted(folder), e);
    }
  }

  /** The place of a file in it. */
  String place(String name) {
    return new Path(folder, name).toString();
  }

  /** Writes or replaces a text file; it appears as a whole. */
  void write(String name, String text) {
    Path target = new Path(folder, name);
    Path part = new Path(folder, "." + name + ".part");
    try {
      try (OutputStream out = files.create(part, true)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      files.delete(target, false);
      if (!files.rename(part, target)) {
        throw new IOException("the finished file could not be renamed");
      }
    } catch (IOException e) {
      throw failed("%s cannot be written".formatted(target), e);
    }
  }

  private static InputException failed(String what, IOException e) {
    return new InputException("%s: %s".formatted(what, IoReason.of(e)), e);
  }
}
