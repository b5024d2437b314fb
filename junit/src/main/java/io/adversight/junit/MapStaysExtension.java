package io.adversight.junit;

/** Runs the tests of {@link MapStays}. */
final class MapStaysExtension extends Guards<MapStays> {
  MapStaysExtension() {
    super(MapStays.class, MapStaysCheck::name, MapStaysCheck::new);
  }
}
