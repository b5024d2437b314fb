package io.adversight.lab.controller;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.adversight.file.Folders;
import io.adversight.graph.ModelFormatException;
import io.adversight.home.Sha256;
import io.adversight.input.UnknownNameException;
import io.adversight.lab.http.Json;
import io.adversight.lab.store.Cache;
import io.adversight.lab.work.ConcurrencyLimit;
import io.javalin.http.Context;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Uploaded network files, kept on disk for a while. Each lies in a folder of its own, so that it
 * can refer to no other file.
 */
public final class UploadFiles implements AutoCloseable {
  private static final Duration IDLE_TIME = Duration.ofMinutes(30);

  /** The number of a network's field {@code graph} in an ONNX file. */
  private static final int GRAPH = 7;

  private final ConcurrencyLimit limit = new ConcurrencyLimit(4, "uploads");
  private final long longest;
  private final Cache<String, Upload> uploads;

  /**
   * A file of a user.
   *
   * @param id names it to the user
   * @param bytes its length
   */
  record Upload(String id, Path file, long bytes) {
    /** What the user calls it, as far as it can name a file. */
    String name() {
      return String.valueOf(file.getFileName());
    }
  }

  /**
   * No files yet.
   *
   * @param longest the longest file that is taken, in bytes; all together have at most twice as
   *     many
   */
  public UploadFiles(long longest) {
    this.longest = longest;
    this.uploads = new Cache<>(2 * longest, IDLE_TIME, Upload::bytes, UploadFiles::delete);
  }

  /**
   * Takes the body of a request.
   *
   * @throws io.adversight.lab.http.HttpStatusException if it is too long or breaks off
   * @throws ModelFormatException if it is no ONNX file
   */
  Upload take(Context ctx, String name) {
    return limit.take(() -> received(ctx, name));
  }

  /**
   * Takes a file that belongs to a network, such as its weights.
   *
   * @throws io.adversight.lab.http.HttpStatusException if it is too long or breaks off
   */
  Upload takeData(Context ctx, String name) {
    return limit.take(
        () -> {
          Path file = place(name);
          Upload upload = new Upload("", file, 0);
          try {
            long bytes = Json.spool(ctx, longest, "the file", file);
            upload = new Upload("d-" + Sha256.of(file).substring(0, 16), file, bytes);
            keep(upload);
            return upload;
          } catch (IOException e) {
            throw new UncheckedIOException("the upload cannot be kept", e);
          } finally {
            if (upload.id().isEmpty()) {
              delete(upload);
            }
          }
        });
  }

  /**
   * A network together with the files that were sent before it: they move into its folder.
   *
   * @throws NoSuchElementException if one is not there any more
   */
  Upload with(List<String> data, Upload network) {
    long bytes = network.bytes();
    try {
      for (String id : data) {
        Upload one = find(id);
        Files.move(
            one.file(),
            network.file().resolveSibling(one.name()),
            StandardCopyOption.REPLACE_EXISTING);
        uploads.remove(id);
        bytes += one.bytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the upload cannot be kept", e);
    }
    return new Upload(network.id(), network.file(), bytes);
  }

  private Upload received(Context ctx, String name) {
    Path file = place(name);
    Upload upload = new Upload("", file, 0);
    try {
      long bytes = Json.spool(ctx, longest, "the network", file);
      checkOutline(file);
      upload = new Upload("m-" + Sha256.of(file).substring(0, 16), file, bytes);
      return upload;
    } catch (IOException e) {
      throw new UncheckedIOException("the upload cannot be kept", e);
    } finally {
      if (upload.id().isEmpty()) {
        delete(upload);
      }
    }
  }

  private static Path place(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
    String end = plain.substring(Math.max(0, plain.length() - 80));
    try {
      Path folder = Files.createTempDirectory("adversight-upload");
      return folder.resolve(end.isEmpty() ? "model.onnx" : end);
    } catch (IOException e) {
      throw new UncheckedIOException("the upload cannot be kept", e);
    }
  }

  /** Refuses what is no ONNX file by the outline of its fields, without reading it as a whole. */
  private static void checkOutline(Path file) {
    boolean graph = false;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      CodedInputStream fields = CodedInputStream.newInstance(in);
      for (int tag = fields.readTag(); tag != 0; tag = fields.readTag()) {
        graph |= WireFormat.getTagFieldNumber(tag) == GRAPH;
        fields.skipField(tag);
      }
    } catch (IOException e) {
      graph = false;
    }
    if (!graph) {
      throw new ModelFormatException(
          String.valueOf(file.getFileName()), "this is no ONNX file, or it is cut off");
    }
  }

  /** Keeps a file that turned out to be a network. */
  void keep(Upload upload) {
    uploads.put(upload.id(), upload);
  }

  /**
   * The file of that id.
   *
   * @throws NoSuchElementException if it is not there any more
   */
  Upload find(String id) {
    return uploads
        .find(id)
        .orElseThrow(
            () -> new UnknownNameException("this upload is not here any more; send it again"));
  }

  /** Removes what was not used for too long. */
  public void expire() {
    uploads.expire();
  }

  static void delete(Upload upload) {
    try {
      Folders.delete(upload.file().resolveSibling("").toAbsolutePath().normalize());
    } catch (IOException e) {
      throw new UncheckedIOException("an upload cannot be removed", e);
    }
  }

  /** Removes all files. */
  @Override
  public void close() {
    uploads.clear();
  }
}
