package io.adversight.aviary;

/** Everything below a line of hills, trees or roofs. */
record Ridge(Noise noise, double y, double height, double frequency) implements Area {
  @Override
  public double distance(double px, double py) {
    return y + height * (0.5 - noise.fractal(px * frequency, 0.5)) - py;
  }

  @Override
  public Box box() {
    return new Box(0, y - height, 1, 1);
  }
}
