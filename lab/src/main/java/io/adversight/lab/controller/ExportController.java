package io.adversight.lab.controller;

import io.adversight.lab.export.Exports;
import io.adversight.lab.http.Json;
import io.adversight.lab.work.Workers;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What a user takes away. */
public final class ExportController {
  private final Exports exports;
  private final Workers workers;

  public ExportController(Exports exports, Workers workers) {
    this.exports = exports;
    this.workers = workers;
  }

  /** The command that makes the same again. */
  public void command(Context ctx) {
    Exports.ExportRequest export = Json.body(ctx, Exports.ExportRequest.class);
    Json.answer(ctx, workers.call(() -> exports.command(export)));
  }

  /** A file, or all of them. */
  public void export(Context ctx) {
    Exports.ExportRequest export = Json.body(ctx, Exports.ExportRequest.class);
    String what = export.what() == null ? "zip" : export.what();
    boolean all = what.equals("zip");
    byte[] bytes = workers.call(() -> all ? zip(exports.files(export)) : exports.file(export));
    String name = all ? "adversight.zip" : what.substring(what.lastIndexOf('/') + 1);
    ctx.header("Content-Disposition", "attachment; filename=\"%s\"".formatted(name))
        .contentType(type(name))
        .result(bytes);
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "png" -> "image/png";
      case "json" -> "application/json; charset=utf-8";
      case "txt" -> "text/plain; charset=utf-8";
      case "zip" -> "application/zip";
      default -> "application/octet-stream";
    };
  }

  private static byte[] zip(Map<String, Supplier<byte[]>> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, Supplier<byte[]>> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().get());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
