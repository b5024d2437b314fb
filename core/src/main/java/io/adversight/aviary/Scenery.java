package io.adversight.aviary;

/** Where a bird is. */
interface Scenery {
  /** Paints what is behind the bird, and what it sits on, if anything. */
  void behind(PartCanvas canvas, Pose pose, Chance chance);

  /** Paints what is between the bird and the eye. */
  void before(PartCanvas canvas, Pose pose, Chance chance);

  /** Any of the places, each as often as the others. */
  static Scenery any(Chance chance) {
    return switch (chance.between(0, 3)) {
      case 0 -> new Sky();
      case 1 -> new Foliage(chance);
      case 2 -> new Water();
      default -> new Wires();
    };
  }
}
