package io.adversight.run;

import io.adversight.image.Raster;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What accompanies a piece of work on a batch: one source of randomness and one counter per image,
 * progress, and the wish to stop. An image keeps its source and counter whatever batch it is in.
 */
public final class Run {
  private final List<Rng> rngs;
  private final List<Counter> counters;
  private final AtomicBoolean cancelled;
  private final Progress progress;
  private final FrameListener frames;

  private Run(
      List<Rng> rngs,
      List<Counter> counters,
      AtomicBoolean cancelled,
      Progress progress,
      FrameListener frames) {
    this.rngs = rngs;
    this.counters = counters;
    this.cancelled = cancelled;
    this.progress = progress;
    this.frames = frames;
  }

  /**
   * A silent run over images, each of whose sources of randomness is derived from the given one and
   * the image's own values: an image meets the same random numbers alone and among others, whatever
   * stands before it, and wherever it is read from. Equal images share a source.
   *
   * @param images (N, C, H, W)
   */
  public static Run of(Rng rng, Tensor images) {
    int count = Math.toIntExact(images.size(0));
    float[] values = images.toFloats();
    int perImage = values.length / Math.max(1, count);
    return silent(
        IntStream.range(0, count)
            .mapToObj(i -> rng.split(Arrays.copyOfRange(values, i * perImage, (i + 1) * perImage)))
            .toList());
  }

  /** A {@linkplain #of(Rng, Tensor) run over images}. */
  public static Run of(Rng rng, List<Raster> images) {
    return silent(images.stream().map(image -> rng.split(image.toArray())).toList());
  }

  private static Run silent(List<Rng> rngs) {
    return new Run(
        rngs,
        rngs.stream().map(rng -> new Counter()).toList(),
        new AtomicBoolean(),
        Progress.SILENT,
        FrameListener.NONE);
  }

  /** A silent run over {@code count} images or samples that are told apart by their numbers. */
  public static Run of(Rng rng, int first, int count) {
    return silent(IntStream.range(first, first + count).mapToObj(rng::split).toList());
  }

  /** A run over one set of images, numbered from 0, with seed 0. */
  public static Run of(int count) {
    return of(new Rng(0), 0, count);
  }

  /** This run with a listener to its progress. */
  public Run with(Progress listener) {
    return new Run(rngs, counters, cancelled, listener, frames);
  }

  /** This run with a listener to every iteration. */
  public Run with(FrameListener listener) {
    return new Run(rngs, counters, cancelled, progress, listener);
  }

  /** This run, stopped by the given flag. */
  public Run with(AtomicBoolean cancel) {
    return new Run(rngs, counters, cancel, progress, frames);
  }

  /** This run with fresh counters and the same randomness. */
  public Run restarted() {
    return new Run(
        rngs, counters.stream().map(c -> new Counter()).toList(), cancelled, progress, frames);
  }

  /** This run with other randomness for the same number of images. */
  public Run seeded(Rng rng) {
    return new Run(
        IntStream.range(0, size()).mapToObj(rng::split).toList(),
        counters,
        cancelled,
        progress,
        frames);
  }

  /** A {@linkplain #of(Rng, Tensor) run over other images} that is stopped with this one. */
  public Run sharing(Rng rng, Tensor images) {
    return of(rng, images).with(cancelled);
  }

  /** The part of this run that belongs to the given images of the batch. */
  public Run select(int... images) {
    List<Rng> someRngs = new ArrayList<>(images.length);
    List<Counter> someCounters = new ArrayList<>(images.length);
    for (int i : images) {
      someRngs.add(rngs.get(i));
      someCounters.add(counters.get(i));
    }
    return new Run(someRngs, someCounters, cancelled, progress, frames.select(images));
  }

  /** This run with independent randomness, for the {@code index}-th restart or part. */
  public Run split(long index) {
    return new Run(
        rngs.stream().map(rng -> rng.split(index)).toList(), counters, cancelled, progress, frames);
  }

  /**
   * This run with random numbers that no earlier pass of an image has met: those of an image depend
   * on how many forward passes are counted for it.
   */
  public Run renewed() {
    List<Rng> sources = new ArrayList<>(rngs.size());
    for (int i = 0; i < rngs.size(); i++) {
      sources.add(rngs.get(i).split(counters.get(i).forwards()));
    }
    return new Run(sources, counters, cancelled, progress, frames);
  }

  /** The number of images. */
  public int size() {
    return rngs.size();
  }

  /** The source of randomness of the {@code image}-th image of the batch. */
  public Rng rng(int image) {
    return rngs.get(image);
  }

  /** The counter of the {@code image}-th image of the batch. */
  public Counter counter(int image) {
    return counters.get(image);
  }

  /** Asks the work to stop at its next step. */
  public void cancel() {
    cancelled.set(true);
  }

  /**
   * Stops here if cancellation was requested.
   *
   * @throws CancellationException if so
   */
  public void checkCancelled() {
    if (cancelled.get() || Thread.currentThread().isInterrupted()) {
      throw new CancellationException("cancelled");
    }
  }

  /** Tells how far the work has come, and stops it if that is wished. */
  public void report(long done, long total, String what) {
    checkCancelled();
    progress.report(done, total, what);
  }

  /** Counts one step of every image, shows the images as they are, and stops if that is wished. */
  public void step(Tensor images, Tensor loss) {
    checkCancelled();
    counters.forEach(Counter::addIteration);
    frames.frame(images, loss);
  }

  /** Counts one forward pass of every image. */
  public void countForward() {
    checkCancelled();
    counters.forEach(Counter::addForward);
  }

  /** Counts one backward pass of every image. */
  public void countBackward() {
    counters.forEach(Counter::addBackward);
  }

  /** Uniform values in [low, high) in the shape of {@code like}; {@code use} tells draws apart. */
  public Tensor uniform(Tensor like, long use, double low, double high) {
    return draw(like, rng -> n -> rng.split(use).uniform(n, low, high));
  }

  /** Standard normal values in the shape of {@code like}; {@code use} tells draws apart. */
  public Tensor normal(Tensor like, long use) {
    return draw(like, rng -> n -> rng.split(use).normal(n));
  }

  private Tensor draw(Tensor like, Function<Rng, Function<Integer, float[]>> source) {
    if (like.size(0) != size()) {
      throw new IllegalArgumentException(
          "this run has %s images, but the batch has %s".formatted(size(), like.size(0)));
    }
    int perImage = Math.toIntExact(like.elements() / Math.max(1, size()));
    float[] values = new float[perImage * size()];
    for (int i = 0; i < size(); i++) {
      float[] one = source.apply(rngs.get(i)).apply(perImage);
      System.arraycopy(one, 0, values, i * perImage, perImage);
    }
    return Tensor.of(values, like.shape().toArray()).like(like);
  }
}
