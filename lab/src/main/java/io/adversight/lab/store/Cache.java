package io.adversight.lab.store;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Values that were used not long ago, of a limited total weight: the least recently used is evicted
 * first. Safe for use by several threads.
 */
public final class Cache<K, V> {
  private final long most;
  private final Duration idleTime;
  private final ToLongFunction<V> weight;
  private final Consumer<V> onEviction;
  private final Map<K, Used<V>> values = new LinkedHashMap<>(16, 0.75f, true);
  private long total;

  private record Used<V>(V value, long weight, long nanos) {}

  /**
   * An empty collection.
   *
   * @param most the largest total weight; a single value may be heavier
   * @param idleTime after which an unused value is evicted
   * @param weight of a value; it may not change
   */
  public Cache(long most, Duration idleTime, ToLongFunction<V> weight) {
    this(most, idleTime, weight, value -> {});
  }

  /** The same, where {@code onEviction} receives every value that is evicted or replaced. */
  public Cache(long most, Duration idleTime, ToLongFunction<V> weight, Consumer<V> onEviction) {
    this.most = most;
    this.idleTime = idleTime;
    this.weight = weight;
    this.onEviction = onEviction;
  }

  /** The value of a key, if it is still there; it counts as used. */
  public synchronized Optional<V> find(K key) {
    expire();
    Used<V> used = values.remove(key);
    if (used == null) {
      return Optional.empty();
    }
    values.put(key, new Used<>(used.value(), used.weight(), System.nanoTime()));
    return Optional.of(used.value());
  }

  /** Keeps a value. */
  public synchronized void put(K key, V value) {
    remove(key);
    long own = weight.applyAsLong(value);
    values.put(key, new Used<>(value, own, System.nanoTime()));
    total += own;
    expire();
    Iterator<Used<V>> oldest = values.values().iterator();
    while (total > most && values.size() > 1 && oldest.hasNext()) {
      evict(oldest.next());
      oldest.remove();
    }
  }

  private void evict(Used<V> used) {
    total -= used.weight();
    onEviction.accept(used.value());
  }

  /** The value of a key, made if it is not there; two callers may make it twice, one is kept. */
  public V get(K key, Supplier<V> maker) {
    return find(key)
        .orElseGet(
            () -> {
              V made = maker.get();
              put(key, made);
              return made;
            });
  }

  /** Removes a value. */
  public synchronized void remove(K key) {
    Used<V> used = values.remove(key);
    if (used != null) {
      evict(used);
    }
  }

  /** Removes the values of some keys. */
  public synchronized void removeIf(Predicate<K> wanted) {
    values.keySet().stream().filter(wanted).toList().forEach(this::remove);
  }

  /** Removes all values. */
  public synchronized void clear() {
    values.values().forEach(this::evict);
    values.clear();
  }

  /** Evicts idle entries. */
  public synchronized void expire() {
    long now = System.nanoTime();
    Iterator<Used<V>> oldest = values.values().iterator();
    while (oldest.hasNext()) {
      Used<V> used = oldest.next();
      if (now - used.nanos() < idleTime.toNanos()) {
        return;
      }
      evict(used);
      oldest.remove();
    }
  }

  /** The number of values. */
  public synchronized int size() {
    return values.size();
  }

  /** The sum of their weights. */
  public synchronized long weight() {
    return total;
  }
}
