package io.adversight.lab.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.adversight.attack.Adversarial;
import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.catalog.Kind;
import io.adversight.image.ColorScale;
import io.adversight.image.ImageFiles;
import io.adversight.image.Npy;
import io.adversight.image.Overlay;
import io.adversight.image.Perturbation;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.lab.http.Json;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.lab.panel.Subject;
import io.adversight.model.Batches;
import io.adversight.model.Objective;
import io.adversight.model.Prediction;
import io.adversight.report.Provenance;
import io.adversight.tensor.Scope;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The files of a panel's state. */
public final class Exports {
  private static final double OPACITY = 0.6;

  private final PanelRequests requests;
  private final LiveAttacks attacks;

  /**
   * What is to be taken away.
   *
   * @param methods the attributions whose maps are exported
   * @param explained the class of the maps; null for the one that the clean image is taken for
   * @param what a file's name, or zip for all of them; null for zip
   */
  public record ExportRequest(
      PanelState state,
      @Nullable List<AlgorithmChoice> methods,
      @JsonProperty("class") @Nullable Integer explained,
      @Nullable String what) {
    public ExportRequest {
      if (state == null) {
        throw new InputException("an export needs a state");
      }
      methods = methods == null ? List.of() : List.copyOf(methods);
    }
  }

  /** The command that makes the same again, and what it needs. */
  public record Command(String command, String note) {}

  record Top(int index, String name, double probability) {}

  record Manifest(
      PanelState state,
      Map<String, String> provenance,
      String modelSha256,
      Top before,
      Top after,
      Top afterRounding,
      boolean success,
      Map<String, Double> norms,
      @Nullable Double ssim,
      @Nullable Double psnr,
      @Nullable Double perturbationGain,
      List<AlgorithmChoice> methods,
      int explainedClass,
      String command) {}

  public Exports(PanelRequests requests, LiveAttacks attacks) {
    this.requests = requests;
    this.attacks = attacks;
  }

  /** The command of a state. */
  public Command command(ExportRequest export) {
    PanelRequest request = requests.of(export.state());
    return new Command(
        CommandLine.quoted(CommandLine.of(export.state(), request, methods(export))),
        "clean.npy is the image as the network sees it; it is part of the export"
            + (request.isAdaptive()
                ? ""
                : "; what the network behind the defence makes of the adversarial image: "
                    + CommandLine.quoted(CommandLine.behind(export.state(), request))));
  }

  private static List<AlgorithmChoice> methods(ExportRequest export) {
    return export.methods() == null ? List.of() : export.methods();
  }

  /** One file of a state. */
  public byte[] file(ExportRequest export) {
    Map<String, Supplier<byte[]>> files = files(export);
    Supplier<byte[]> file = files.get(String.valueOf(export.what()));
    if (file == null) {
      throw new UnknownNameException(
          "there is no file \"%s\" in an export; choose zip, %s"
              .formatted(export.what(), String.join(", ", files.keySet())));
    }
    return file.get();
  }

  /** All files of a state by name, made on first access. */
  public Map<String, Supplier<byte[]>> files(ExportRequest export) {
    PanelRequest request = requests.of(export.state());
    Adversarial adversarial = attacks.find(request, new AtomicBoolean()).adversarial();
    Raster clean = adversarial.original();
    Raster changed = adversarial.changed();
    Map<String, Supplier<byte[]>> files = new LinkedHashMap<>();
    files.put("clean.png", () -> ImageFiles.png(clean));
    files.put("clean.npy", () -> Npy.bytes(clean));
    files.put("adversarial.png", () -> ImageFiles.png(changed));
    files.put("adversarial.npy", () -> Npy.bytes(changed));
    files.put(
        "perturbation.png", () -> ImageFiles.png(Perturbation.between(clean, changed).image()));
    files.put("manifest.json", () -> bytes(Json.write(manifest(export, request, adversarial))));
    files.put("command.txt", () -> bytes(command(export).command() + "\n"));
    maps(export, request, clean, changed, files);
    return files;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void maps(
      ExportRequest export,
      PanelRequest request,
      Raster clean,
      Raster changed,
      Map<String, Supplier<byte[]>> files) {
    for (AlgorithmChoice method : methods(export)) {
      String name = "maps/" + method.id();
      Supplier<Raster> before = new Once<>(() -> map(export, request, method, clean));
      Supplier<Raster> after = new Once<>(() -> map(export, request, method, changed));
      Supplier<Raster> difference = () -> difference(before.get(), after.get());
      files.put(name + "-clean.npy", () -> Npy.mapBytes(before.get()));
      files.put(name + "-clean.png", () -> overlay(clean, before.get()));
      files.put(name + "-adversarial.npy", () -> Npy.mapBytes(after.get()));
      files.put(name + "-adversarial.png", () -> overlay(changed, after.get()));
      files.put(name + "-difference.npy", () -> Npy.mapBytes(difference.get()));
      files.put(
          name + "-difference.png",
          () -> ImageFiles.png(ColorScale.signed(difference.get()).apply(difference.get())));
    }
  }

  private static Raster difference(Raster before, Raster after) {
    return Raster.generate(
        1,
        before.height(),
        before.width(),
        (c, y, x) -> (double) after.at(0, y, x) - before.at(0, y, x));
  }

  private static byte[] overlay(Raster image, Raster map) {
    return ImageFiles.png(Overlay.blend(image, ColorScale.of(map).apply(map), OPACITY));
  }

  private static Raster map(
      ExportRequest export, PanelRequest request, AlgorithmChoice choice, Raster image) {
    Attribution method = choice.create(Attribution.class, Kind.ATTRIBUTION);
    try (Scope scope = Scope.open()) {
      List<List<Heatmap>> maps =
          Attributions.run(
              List.of(method),
              request.classifier(),
              Batches.of(List.of(image)).to(request.classifier().device()),
              new Objective.Logit(List.of(explained(export, request))),
              request.run());
      return maps.get(0).get(0).map();
    }
  }

  private static int explained(ExportRequest export, PanelRequest request) {
    Integer explained = export.explained();
    return explained == null ? request.subject().prediction().top() : explained;
  }

  private Manifest manifest(ExportRequest export, PanelRequest request, Adversarial adversarial) {
    Provenance provenance = Provenance.of(request.classifier(), List.of());
    Map<String, String> made = new LinkedHashMap<>();
    made.put("version", provenance.version());
    made.put("commit", provenance.commit());
    made.put("engine", provenance.engine());
    made.put("java", provenance.java());
    made.put("device", provenance.device());
    made.put("threads", Integer.toString(provenance.threads()));
    Map<String, Double> norms = new LinkedHashMap<>();
    norms.put("l0", (double) adversarial.norms().l0());
    norms.put("l1", adversarial.norms().l1());
    norms.put("l2", adversarial.norms().l2());
    norms.put("linf", adversarial.norms().linf());
    Prediction rounded =
        Subject.predict(request.classifier(), List.of(adversarial.changed().quantized())).get(0);
    return new Manifest(
        export.state(),
        made,
        request.classifier().card().sha256(),
        top(request, adversarial.before()),
        top(request, adversarial.after()),
        top(request, rounded),
        adversarial.success(),
        norms,
        finite(adversarial.ssim()),
        finite(adversarial.psnr()),
        finite(Perturbation.between(adversarial.original(), adversarial.changed()).gain()),
        methods(export),
        explained(export, request),
        command(export).command());
  }

  private static Top top(PanelRequest request, Prediction prediction) {
    int top = prediction.top();
    return new Top(top, request.classifier().labels().name(top), prediction.probability(top));
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
