package io.adversight.lab.response;

import io.adversight.attribution.inherent.PrototypeMatch;
import io.adversight.image.Raster;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Blob;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Prototypes.Prototype;
import io.adversight.report.study.PrototypeImages;
import io.adversight.report.study.PrototypeOrigins;
import io.adversight.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The prototypes that speak most for what the network sees in the clean and in the changed image,
 * and the training patches that they are.
 */
public final class PrototypesResponder implements Responder {
  private static final int USUAL = 3;
  private static final int MOST = 10;

  private final PanelRequests requests;
  private final LiveAttacks attacks;
  private final PrototypeOrigins origins;

  /** The request; {@code top} is the number of prototypes for each image, null for 3. */
  record Parameters(PanelState state, @Nullable Integer top) {}

  /** The origin of a prototype: a position in the map of features of a training image. */
  record Source(ClassName owner, String dataSet, String name, int row, int column) {}

  record Match(int prototype, double contribution, double similarity, @Nullable Source source) {}

  /** What is found in one image; images are named NUMBER-here, -map, -training and -patch. */
  record AttackResult(String on, ClassName speaksFor, List<Match> matches) {}

  record Summary(int prototypes) {}

  public PrototypesResponder(
      PanelRequests requests, LiveAttacks attacks, PrototypeOrigins origins) {
    this.requests = requests;
    this.attacks = attacks;
    this.origins = origins;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    Parameters parameters = Json.read(message, Parameters.class);
    Integer wanted = parameters.top();
    int top = wanted == null ? USUAL : Math.max(1, Math.min(MOST, wanted));
    PanelRequest request = requests.of(parameters.state());
    GraphClassifier classifier = request.classifier();
    int before = request.subject().prediction().top();
    frames.accept(found("clean", request.subject().view(), before, classifier, top));
    var adversarial = attacks.find(request, cancel).adversarial();
    int after = adversarial.after().top();
    frames.accept(found("adversarial", adversarial.changed(), after, classifier, top));
    frames.accept(Frame.last(new Summary(classifier.prototypes().all().size()), List.of()));
  }

  private Frame found(String on, Raster image, int index, GraphClassifier classifier, int top) {
    List<PrototypeMatch> matches;
    try (Scope scope = Scope.open()) {
      matches =
          PrototypeMatch.of(
                  classifier.trace(Batches.of(List.of(image)).to(classifier.device())),
                  Objective.Logit.of(index),
                  top)
              .get(0);
    }
    List<Blob> blobs = new ArrayList<>();
    for (int i = 0; i < matches.size(); i++) {
      PrototypeImages shown = PrototypeImages.of(image, matches.get(i), origins::image);
      String start = i + "-";
      blobs.add(Blob.image(start + "here", shown.here()));
      blobs.add(Blob.image(start + "map", shown.map()));
      shown.training().ifPresent(t -> blobs.add(Blob.image(start + "training", t)));
      shown.patch().ifPresent(p -> blobs.add(Blob.image(start + "patch", p)));
    }
    List<Match> fields = matches.stream().map(match -> match(match, classifier)).toList();
    return Frame.part(
        new AttackResult(on, ClassName.of(index, classifier.labels()), fields), blobs);
  }

  private static Match match(PrototypeMatch match, GraphClassifier classifier) {
    return new Match(
        match.number(),
        match.contribution(),
        match.similarity(),
        match.source().map(source -> source(source, classifier)).orElse(null));
  }

  private static Source source(Prototype from, GraphClassifier classifier) {
    return new Source(
        ClassName.of(from.owner(), classifier.labels()),
        from.dataSet(),
        from.name(),
        from.row(),
        from.column());
  }
}
