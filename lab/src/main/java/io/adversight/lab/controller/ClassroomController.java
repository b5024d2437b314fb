package io.adversight.lab.controller;

import io.adversight.attack.Adversarial;
import io.adversight.attack.problem.Norm;
import io.adversight.image.Raster;
import io.adversight.input.UnknownNameException;
import io.adversight.lab.classroom.AddressCode;
import io.adversight.lab.classroom.Presentation;
import io.adversight.lab.classroom.ScoreBoard;
import io.adversight.lab.classroom.ScoreBoard.Attempt;
import io.adversight.lab.classroom.ScoreBoard.Board;
import io.adversight.lab.classroom.ScoreBoard.Challenge;
import io.adversight.lab.classroom.ScoreBoard.Score;
import io.adversight.lab.http.Json;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.Subject;
import io.adversight.lab.work.Workers;
import io.adversight.model.Prediction;
import io.javalin.http.Context;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What the host presents, and challenges. */
public final class ClassroomController {
  private final Presentation presentation = new Presentation();
  private final ScoreBoard board = new ScoreBoard();
  private final PanelRequests requests;
  private final LiveAttacks attacks;
  private final Workers workers;
  private final Function<Context, List<String>> addresses;

  /**
   * A controller.
   *
   * @param addresses for guests, as far as a request may know them
   */
  public ClassroomController(
      PanelRequests requests,
      LiveAttacks attacks,
      Workers workers,
      Function<Context, List<String>> addresses) {
    this.addresses = addresses;
    this.requests = requests;
    this.attacks = attacks;
    this.workers = workers;
  }

  /** What the host shows. */
  public void shown(Context ctx) {
    Json.answer(ctx, presentation.now());
  }

  /** Shows something else. */
  public void show(Context ctx) {
    Json.answer(ctx, presentation.show(Json.body(ctx, Presentation.Change.class)));
  }

  /** One of the addresses for guests as QR code. */
  public void code(Context ctx) {
    List<String> known = addresses.apply(ctx);
    String number = ctx.pathParam("number");
    String address =
        IntStream.range(0, known.size())
            .filter(i -> number.equals(Integer.toString(i)))
            .mapToObj(known::get)
            .findFirst()
            .orElseThrow(
                () ->
                    new UnknownNameException(
                        "there is no address %s; there are %s for guests"
                            .formatted(number, known.size())));
    ctx.contentType("image/svg+xml").result(AddressCode.of(address).svg());
  }

  /** The scores of the challenge of a state, without a try. */
  public void scores(Context ctx) {
    Attempt attempt = Json.body(ctx, Attempt.class);
    Challenge challenge = Challenge.of(attempt.state());
    Json.answer(ctx, new Board(challenge, null, null, board.of(challenge)));
  }

  /** A try: the lab attacks and measures. */
  public void attempt(Context ctx) {
    Attempt attempt = Json.body(ctx, Attempt.class);
    Json.answer(ctx, workers.call(() -> tried(attempt)));
  }

  private Board tried(Attempt attempt) {
    PanelRequest request = requests.of(attempt.state());
    Challenge challenge = Challenge.of(attempt.state());
    Adversarial found = attacks.find(request, new AtomicBoolean()).adversarial();
    Prediction after =
        Subject.predict(request.classifier(), List.of(found.changed().quantized())).get(0);
    boolean fooled = after.top() != request.subject().prediction().top();
    double size = size(request.norm(), found.original(), found.changed().quantized());
    if (fooled) {
      board.count(
          challenge,
          new Score(
              attempt.player(),
              size,
              request.choice().id(),
              request.classifier().labels().name(after.top())));
    }
    return new Board(challenge, fooled, size, board.of(challenge));
  }

  /** The size of a change; in LINF whole grey levels, without what single precision has lost. */
  private static double size(Norm norm, Raster before, Raster after) {
    double size = Adversarial.Norms.between(before, after).of(norm);
    return norm == Norm.LINF ? Math.rint(255 * size) / 255 : size;
  }
}
