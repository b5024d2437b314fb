package io.adversight.lab.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * What happens in the server, in Prometheus' text format. Numbers are written by {@code %s}, so
 * that no locale puts its own digits or commas there.
 */
public final class Metrics {
  private static final double[] BOUNDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };

  private final ConcurrentMap<String, Histogram> requests = new ConcurrentSkipListMap<>();
  private final ConcurrentMap<String, Histogram> answers = new ConcurrentSkipListMap<>();
  private final Map<String, Gauge> gauges = new TreeMap<>();
  private final ConcurrentMap<String, AtomicLong> failures = new ConcurrentHashMap<>();

  private record Gauge(String help, DoubleSupplier value) {}

  private static final class Histogram {
    private final LongAdder[] buckets = new LongAdder[BOUNDS.length];
    private final LongAdder count = new LongAdder();
    private final DoubleAdder sum = new DoubleAdder();

    Histogram() {
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] = new LongAdder();
      }
    }

    void add(double seconds) {
      for (int i = 0; i < BOUNDS.length; i++) {
        if (seconds <= BOUNDS[i]) {
          buckets[i].increment();
        }
      }
      count.increment();
      sum.add(seconds);
    }
  }

  /** Adds a number that is read when somebody asks. */
  public void gauge(String name, String help, DoubleSupplier value) {
    gauges.put(name, new Gauge(help, value));
  }

  /** Notes a request of HTTP. */
  public void served(String method, String route, int status, double seconds) {
    String labels = "method=\"%s\",route=\"%s\",status=\"%s\"".formatted(method, route, status);
    requests.computeIfAbsent(labels, l -> new Histogram()).add(seconds);
  }

  /** Notes an answer over a WebSocket. */
  public void answered(String type, double seconds) {
    answers.computeIfAbsent("type=\"%s\"".formatted(type), l -> new Histogram()).add(seconds);
  }

  /** Notes an error. */
  public void failed(Throwable error) {
    failures
        .computeIfAbsent(error.getClass().getSimpleName(), name -> new AtomicLong())
        .incrementAndGet();
  }

  /** Everything as text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    histograms(text, "adversight_http_seconds", "Time of requests by route.", requests);
    histograms(text, "adversight_live_seconds", "Time of answers by type.", answers);
    head(text, "adversight_errors_total", "Errors by kind.", "counter");
    new TreeMap<>(failures)
        .forEach(
            (kind, count) ->
                text.append(
                    "adversight_errors_total{kind=\"%s\"} %s\n".formatted(kind, count.get())));
    gauges.forEach(
        (name, gauge) -> {
          head(text, name, gauge.help(), "gauge");
          text.append(name).append(' ').append(number(gauge.value().getAsDouble())).append('\n');
        });
    return text.toString();
  }

  private static void histograms(
      StringBuilder text, String name, String help, Map<String, Histogram> all) {
    head(text, name, help, "histogram");
    all.forEach(
        (labels, histogram) -> {
          for (int i = 0; i < BOUNDS.length; i++) {
            text.append(
                "%s_bucket{%s,le=\"%s\"} %s\n"
                    .formatted(name, labels, number(BOUNDS[i]), histogram.buckets[i].sum()));
          }
          long count = histogram.count.sum();
          text.append("%s_bucket{%s,le=\"+Inf\"} %s\n".formatted(name, labels, count));
          text.append("%s_sum{%s} %s\n".formatted(name, labels, number(histogram.sum.sum())));
          text.append("%s_count{%s} %s\n".formatted(name, labels, count));
        });
  }

  private static void head(StringBuilder text, String name, String help, String type) {
    text.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type));
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
