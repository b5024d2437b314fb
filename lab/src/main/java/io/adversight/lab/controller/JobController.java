package io.adversight.lab.controller;

import io.adversight.lab.http.Json;
import io.adversight.lab.work.Jobs;
import io.javalin.http.Context;

/** How far long work has come. */
public final class JobController {
  private final Jobs jobs;

  public JobController(Jobs jobs) {
    this.jobs = jobs;
  }

  /** One piece of work. */
  public void find(Context ctx) {
    Json.answer(ctx, jobs.find(ctx.pathParam("id")));
  }

  /** Cancels one. */
  public void cancel(Context ctx) {
    Json.answer(ctx, jobs.cancel(ctx.pathParam("id")));
  }
}
