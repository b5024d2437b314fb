package io.adversight.lab.response;

import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.input.InputException;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Blob;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The classes in the plane through the image that the loss's steepest direction and a random
 * direction of the same length span; pixels are held in [0, 1].
 */
public final class PlaneResponder implements Responder {
  private static final int USUAL_SIZE = 31;
  private static final int LARGEST_SIZE = 101;
  private static final int IMAGES_FORWARD = 32;
  private static final double USUAL_EXTENT = 0.2;

  private final PanelRequests requests;

  /**
   * The request.
   *
   * @param size points along each axis, odd
   * @param extent the length of half an axis, in the norm of the state
   */
  record Parameters(PanelState state, @Nullable Integer size, @Nullable Double extent) {}

  record Rows(int size, int from, int to) {}

  record Share(int index, String name, double share) {}

  record Summary(int size, double extent, String xTitle, String yTitle, List<Share> classes) {}

  public PlaneResponder(PanelRequests requests) {
    this.requests = requests;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    Parameters parameters = Json.read(message, Parameters.class);
    int size = parameters.size() == null ? USUAL_SIZE : parameters.size();
    double extent = parameters.extent() == null ? USUAL_EXTENT : parameters.extent();
    if (size < 3 || size > LARGEST_SIZE || size % 2 == 0 || !(extent > 0 && extent < 1e6)) {
      throw new InputException(
          "a plane needs an odd size from 3 to %s and an extent above 0".formatted(LARGEST_SIZE));
    }
    PanelRequest request = requests.of(parameters.state());
    Map<Integer, Integer> counts = new TreeMap<>();
    try (Scope scope = Scope.open()) {
      Run run = request.run().with(cancel);
      Problem problem = request.problem();
      Norm norm = request.norm();
      Tensor u =
          norm.steepest(
              problem.startingGradient(problem.objective(Loss.CROSS_ENTROPY), run).gradient());
      Tensor v = norm.steepest(run.normal(problem.pixels(), 1));
      int rows = Math.max(1, IMAGES_FORWARD / size);
      for (int from = 0; from < size; from += rows) {
        int to = Math.min(size, from + rows);
        frames.accept(
            rows(request, problem.pixels(), u, v, size, extent, from, to, counts, cancel));
      }
    }
    frames.accept(Frame.last(end(request, size, extent, counts), List.of()));
  }

  private static Frame rows(
      PanelRequest request,
      Tensor pixels,
      Tensor u,
      Tensor v,
      int size,
      double extent,
      int from,
      int to,
      Map<Integer, Integer> counts,
      AtomicBoolean cancel) {
    int[] classes = new int[(to - from) * size];
    float[] probabilities = new float[classes.length];
    for (int start = 0; start < classes.length; start += IMAGES_FORWARD) {
      if (cancel.get()) {
        throw new CancellationException("cancelled");
      }
      int end = Math.min(classes.length, start + IMAGES_FORWARD);
      try (Scope scope = Scope.open()) {
        List<Tensor> points = new ArrayList<>();
        for (int i = start; i < end; i++) {
          double a = extent * (2.0 * (i % size) / (size - 1) - 1);
          double b = extent * (1 - 2.0 * (from + i / size) / (size - 1));
          points.add(pixels.add(u.mul(a)).add(v.mul(b)).clamp(0, 1));
        }
        List<Prediction> found = request.classifier().predict(Tensor.concat(points, 0));
        for (int i = start; i < end; i++) {
          Prediction prediction = found.get(i - start);
          classes[i] = prediction.top();
          probabilities[i] = (float) prediction.probability(classes[i]);
          counts.merge(classes[i], 1, Integer::sum);
        }
      }
    }
    List<Integer> shape = List.of(to - from, size);
    return Frame.part(
        new Rows(size, from, to),
        List.of(
            Blob.integers("classes", shape, classes),
            Blob.floats("probability", shape, probabilities)));
  }

  private static Summary end(
      PanelRequest request, int size, double extent, Map<Integer, Integer> counts) {
    List<Share> shares =
        counts.entrySet().stream()
            .map(
                entry ->
                    new Share(
                        entry.getKey(),
                        request.classifier().labels().name(entry.getKey()),
                        entry.getValue() / (double) (size * size)))
            .sorted(Comparator.comparingDouble((Share share) -> -share.share()))
            .toList();
    boolean signs = request.norm() == Norm.LINF;
    return new Summary(
        size,
        extent,
        signs ? "sign of the loss's gradient" : "the loss's steepest direction",
        signs ? "random signs" : "a random direction",
        shares);
  }
}
