package io.adversight.lab.controller;

import io.adversight.data.DataSets;
import io.adversight.input.InputException;
import io.adversight.lab.batch.Studies;
import io.adversight.lab.batch.StudyForm;
import io.adversight.lab.http.Json;
import io.adversight.lab.store.Disk;
import io.adversight.lab.work.Workers;
import io.javalin.http.Context;
import java.util.List;

/** Studies of many images. */
public final class StudyController {
  static final int IMAGES_AT_MOST = 10_000;
  private static final String REPORT_POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox";

  private final Studies studies;
  private final Workers workers;

  /** All studies, the data sets that there are, and how much is kept of what may be kept. */
  public record StudyList(
      List<Studies.StudyEntry> studies, List<String> datasets, Disk.DiskUse disk) {}

  /** A study that was started. */
  public record Started(Studies.StudyEntry study) {}

  public StudyController(Studies studies, Workers workers) {
    this.studies = studies;
    this.workers = workers;
  }

  /** All studies. */
  public void list(Context ctx) {
    Json.answer(ctx, workers.call(this::list));
  }

  private StudyList list() {
    return new StudyList(studies.list(), DataSets.ids(), studies.use());
  }

  /** Removes one with all its results. */
  public void remove(Context ctx) {
    String id = ctx.pathParam("id");
    Json.answer(
        ctx,
        workers.call(
            () -> {
              studies.remove(id);
              return list();
            }));
  }

  /** Starts one. */
  public void start(Context ctx) {
    StudyForm form = Json.body(ctx, StudyForm.class);
    Studies.StudyEntry entry = workers.call(() -> studies.start(form));
    ctx.status(202);
    Json.answer(ctx, new Started(entry));
  }

  /** Resumes one that was stopped. */
  public void resume(Context ctx) {
    String id = ctx.pathParam("id");
    Studies.StudyEntry entry = workers.call(() -> studies.resume(id));
    ctx.status(202);
    Json.answer(ctx, new Started(entry));
  }

  /** One study. */
  public void details(Context ctx) {
    String id = ctx.pathParam("id");
    Json.answer(ctx, workers.call(() -> studies.details(id)));
  }

  /** Its attacked images, one by one. */
  public void wall(Context ctx) {
    String id = ctx.pathParam("id");
    Json.answer(ctx, workers.call(() -> studies.wall(id)));
  }

  /** A picture of one of them. */
  public void picture(Context ctx) {
    String id = ctx.pathParam("id");
    String which = ctx.pathParam("which");
    int tile = tile(ctx.pathParam("tile"));
    byte[] png = workers.call(() -> studies.picture(id, tile, which));
    ctx.header("Cache-Control", "private, max-age=3600").contentType("image/png").result(png);
  }

  private static int tile(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InputException("tile must be a whole number", e);
    }
  }

  /** Its report, which may show itself and nothing else. */
  public void report(Context ctx) {
    ctx.header("Content-Security-Policy", REPORT_POLICY)
        .contentType("text/html; charset=utf-8")
        .result(studies.finished(ctx.pathParam("id"), "report.html"));
  }

  /** Its numbers. */
  public void result(Context ctx) {
    ctx.contentType("application/json; charset=utf-8")
        .result(studies.finished(ctx.pathParam("id"), "result.json"));
  }
}
