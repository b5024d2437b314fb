package io.adversight.lab;

import io.adversight.lab.batch.Studies;
import io.adversight.lab.batch.StudyForm;
import io.adversight.lab.desk.AboutDesk;
import io.adversight.lab.desk.ExportDesk;
import io.adversight.lab.desk.FilterDesk;
import io.adversight.lab.desk.JobDesk;
import io.adversight.lab.desk.ModelDesk;
import io.adversight.lab.desk.ModelForm;
import io.adversight.lab.desk.ModelUploads;
import io.adversight.lab.desk.PictureDesk;
import io.adversight.lab.desk.StudyDesk;
import io.adversight.lab.export.Exports;
import io.adversight.lab.http.Json;
import io.adversight.lab.http.OpenApi;
import io.adversight.lab.http.Route;
import io.adversight.lab.http.Route.Content;
import io.adversight.lab.shelf.PictureInfo;
import io.adversight.lab.work.Jobs;
import java.util.ArrayList;
import java.util.List;

/** Every route of the lab, in one place. */
final class Routes {
  private static final Content PNG = Content.of("image/png");
  private static final Content BYTES = Content.of("application/octet-stream");
  private static final Content TREE = Content.of("application/json");
  private static final Content PICTURE = Content.json(PictureInfo.class);
  private static final Content JOB = Content.json(Jobs.Job.class);

  private Routes() {}

  /** The routes of a lab's services; the OpenAPI document describes them all. */
  static List<Route> of(Services services) {
    List<Route> all = new ArrayList<>();
    about(
        all,
        new AboutDesk(
            services.pictures,
            services.metrics,
            services::isStopping,
            services.live.types().contains("feature")));
    ModelDesk models = new ModelDesk(services.models, services.desks, services.jobs);
    models(all, models, new FilterDesk(services.models, services.desks));
    uploads(
        all,
        new ModelUploads(
            services.models, services.pictures, models, services.uploads, services.uploading));
    pictures(all, new PictureDesk(services.pictures, services.desks, services.uploading));
    jobs(all, new JobDesk(services.jobs));
    studies(all, new StudyDesk(services.studies, services.desks));
    exports(
        all, new ExportDesk(new Exports(services.situations, services.attacks), services.desks));
    all.add(
        Route.get("/api/openapi.json", "This document.")
            .answers(200, TREE)
            .by(ctx -> Json.answer(ctx, OpenApi.of(all))));
    return List.copyOf(all);
  }

  private static void about(List<Route> all, AboutDesk desk) {
    all.add(
        Route.get("/health", "Whether the server works.")
            .answers(200, Content.json(AboutDesk.Health.class))
            .answers(503, Content.json(AboutDesk.Health.class))
            .by(desk::health));
    all.add(
        Route.get("/metrics", "Latencies, queues and memory for Prometheus.")
            .answers(200, Content.of("text/plain"))
            .by(desk::metrics));
    all.add(
        Route.get("/api/lab", "What the program is, its limits and defaults.")
            .answers(200, Content.json(AboutDesk.About.class))
            .by(desk::about));
    all.add(
        Route.get("/api/catalog", "Every algorithm with its parameters.")
            .answers(200, TREE)
            .by(desk::catalog));
    all.add(
        Route.get("/api/bibliography", "The papers behind the algorithms, by key.")
            .answers(200, TREE)
            .by(desk::bibliography));
  }

  private static void models(List<Route> all, ModelDesk desk, FilterDesk filters) {
    all.add(
        Route.get("/api/models/{id}/filters", "The kernels of the first convolution, as values.")
            .answers(200, BYTES)
            .fails(404)
            .fails(409)
            .by(filters::filters));
    all.add(
        Route.get("/api/models", "All known networks.")
            .answers(200, Content.json(ModelDesk.ModelList.class))
            .by(desk::list));
    all.add(
        Route.get("/api/models/{id}", "One network, opened: its card, labels and layers.")
            .answers(200, Content.json(ModelDesk.Details.class))
            .fails(404)
            .fails(409)
            .by(desk::details));
    all.add(
        Route.post("/api/models/{id}/fetch", "Starts to fetch a network.")
            .answers(200, JOB)
            .answers(202, JOB)
            .fails(404)
            .by(desk::fetch));
  }

  private static void uploads(List<Route> all, ModelUploads desk) {
    all.add(
        Route.post("/api/model-uploads", "Brings a network as an ONNX file.")
            .query("name")
            .takes(BYTES)
            .answers(201, Content.json(ModelUploads.Proposal.class))
            .fails(400)
            .fails(413)
            .by(desk::upload));
    all.add(
        Route.post("/api/model-uploads/{upload}/check", "Tries a network with a form.")
            .takes(Content.json(ModelForm.class))
            .answers(200, Content.json(ModelUploads.Preflight.class))
            .fails(400)
            .fails(404)
            .by(desk::check));
    all.add(
        Route.post("/api/models", "Adds a network that was brought.")
            .takes(Content.json(ModelUploads.Addition.class))
            .answers(201, Content.json(ModelDesk.Model.class))
            .fails(400)
            .fails(404)
            .by(desk::add));
  }

  private static void studies(List<Route> all, StudyDesk desk) {
    all.add(
        Route.get("/api/studies", "All studies, the newest first.")
            .answers(200, Content.json(StudyDesk.StudyList.class))
            .by(desk::list));
    all.add(
        Route.post("/api/studies", "Starts a study of many pictures.")
            .takes(Content.json(StudyForm.class))
            .answers(202, Content.json(StudyDesk.Started.class))
            .fails(400)
            .fails(404)
            .by(desk::start));
    all.add(
        Route.get("/api/studies/{id}", "One study with its table and charts.")
            .answers(200, Content.json(Studies.Details.class))
            .fails(404)
            .by(desk::details));
    all.add(
        Route.post("/api/studies/{id}/resume", "Goes on with a study that was stopped.")
            .answers(202, Content.json(StudyDesk.Started.class))
            .fails(400)
            .fails(404)
            .by(desk::resume));
    all.add(
        Route.get("/api/studies/{id}/report", "The report of a finished study.")
            .answers(200, Content.of("text/html"))
            .fails(404)
            .by(desk::report));
    all.add(
        Route.get("/api/studies/{id}/result", "All numbers of a finished study.")
            .answers(200, TREE)
            .fails(404)
            .by(desk::result));
  }

  private static void exports(List<Route> all, ExportDesk desk) {
    all.add(
        Route.post("/api/export", "A file of a panel's state, or all of them as a zip.")
            .takes(Content.json(Exports.Asked.class))
            .answers(200, BYTES)
            .fails(400)
            .fails(404)
            .by(desk::export));
    all.add(
        Route.post("/api/command", "The command line that makes a state again.")
            .takes(Content.json(Exports.Asked.class))
            .answers(200, Content.json(Exports.Command.class))
            .fails(400)
            .fails(404)
            .by(desk::command));
  }

  private static void pictures(List<Route> all, PictureDesk desk) {
    all.add(
        Route.get("/api/pictures", "The project's pictures and those of the folder.")
            .answers(200, Content.json(PictureDesk.Pictures.class))
            .by(desk::list));
    all.add(
        Route.post("/api/pictures", "Brings a picture: PNG, JPEG, WebP, TIFF, BMP, GIF or npy.")
            .query("name")
            .takes(BYTES)
            .answers(201, PICTURE)
            .fails(400)
            .fails(413)
            .by(desk::upload));
    all.add(
        Route.post("/api/drawings", "Brings a drawing as raw pixels.")
            .takes(Content.json(PictureDesk.Drawing.class))
            .answers(201, PICTURE)
            .fails(400)
            .fails(413)
            .by(desk::draw));
    all.add(
        Route.get("/api/pictures/{id}", "One picture.")
            .answers(200, PICTURE)
            .fails(404)
            .by(desk::info));
    all.add(
        Route.get("/api/pictures/{id}/thumbnail", "A picture in small.")
            .answers(200, PNG)
            .fails(404)
            .by(desk::thumbnail));
    all.add(
        Route.get("/api/pictures/{id}/image", "A picture, its longer side at most 1600 pixels.")
            .answers(200, PNG)
            .fails(404)
            .by(desk::image));
  }

  private static void jobs(List<Route> all, JobDesk desk) {
    all.add(
        Route.get("/api/jobs/{id}", "How far long work has come.")
            .answers(200, JOB)
            .fails(404)
            .by(desk::find));
    all.add(
        Route.delete("/api/jobs/{id}", "Cancels long work.")
            .answers(200, JOB)
            .fails(404)
            .by(desk::cancel));
  }
}
