/** A square grey image that strokes are painted into; white on black, as the digits are. */
export class Ink {
  readonly pixels: Uint8Array;

  constructor(readonly side: number) {
    this.pixels = new Uint8Array(side * side);
  }

  clear(): void {
    this.pixels.fill(0);
  }

  /** A soft round dot; coordinates are in pixels of the drawing. */
  dot(x: number, y: number, radius: number): void {
    const reach = radius + 0.7;
    for (let row = Math.floor(y - reach); row <= y + reach; row++) {
      for (let column = Math.floor(x - reach); column <= x + reach; column++) {
        if (row >= 0 && row < this.side && column >= 0 && column < this.side) {
          const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y);
          const cover = Math.max(0, Math.min(1, radius + 0.5 - distance));
          const place = row * this.side + column;
          this.pixels[place] = Math.max(this.pixels[place] ?? 0, Math.round(255 * cover));
        }
      }
    }
  }

  stroke(fromX: number, fromY: number, toX: number, toY: number, radius: number): void {
    const steps = Math.max(1, Math.ceil(2 * Math.hypot(toX - fromX, toY - fromY)));
    for (let i = 0; i <= steps; i++) {
      this.dot(fromX + ((toX - fromX) * i) / steps, fromY + ((toY - fromY) * i) / steps, radius);
    }
  }

  /** The bytes row by row, in base64. */
  encoded(): string {
    return btoa(String.fromCharCode(...this.pixels));
  }

  rgba(): Uint8ClampedArray<ArrayBuffer> {
    const data = new Uint8ClampedArray(4 * this.pixels.length);
    this.pixels.forEach((grey, i) => data.set([grey, grey, grey, 255], 4 * i));
    return data;
  }
}
