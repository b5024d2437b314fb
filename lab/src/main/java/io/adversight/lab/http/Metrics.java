package io.adversight.lab.http;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** The metrics of the server, in Prometheus' text format. */
public final class Metrics {
  private static final double[] BOUNDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };
  private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.create();

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Histogram requests =
      duration(
          "adversight_http_request_duration_seconds",
          "Time of HTTP requests.",
          "method",
          "route",
          "status");
  private final Histogram responses =
      duration(
          "adversight_websocket_request_duration_seconds",
          "Time of WebSocket requests by type.",
          "type");
  private final Counter errors =
      Counter.builder()
          .name("adversight_errors_total")
          .help("Errors inside the program.")
          .labelNames("kind")
          .register(registry);

  private Histogram duration(String name, String help, String... labels) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .classicOnly()
        .classicUpperBounds(BOUNDS)
        .register(registry);
  }

  /** Adds a gauge whose value is read at every scrape. */
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /** Adds a gauge with one label, whose values are read at every scrape. */
  public void gauge(String name, String help, String label, Map<String, DoubleSupplier> values) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .callback(
            callback -> values.forEach((key, value) -> callback.call(value.getAsDouble(), key)))
        .register(registry);
  }

  /** Records an HTTP request. */
  public void served(String method, String route, int status, double seconds) {
    requests.labelValues(method, route, Integer.toString(status)).observe(seconds);
  }

  /** Records a WebSocket request. */
  public void answered(String type, double seconds) {
    responses.labelValues(type).observe(seconds);
  }

  /** Records an error inside the program. */
  public void failed(Throwable error) {
    errors.labelValues(error.getClass().getSimpleName()).inc();
  }

  /** The media type of {@link #text}. */
  public String contentType() {
    return WRITER.getContentType();
  }

  /** All metrics as UTF-8 text. */
  public byte[] text() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      WRITER.write(bytes, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
