import type { AttackState } from "./state.js";

/** One named array of a frame; the numbers lie in the frame's own buffer. */
interface BlobHeader {
  name: string;
  kind: "rgba" | "f32" | "i32" | "u8";
  shape: number[];
  offset: number;
  length: number;
}

export interface FrameHeader {
  type: string;
  panel?: string;
  request?: number;
  final?: boolean;
  of?: string;
  error?: string;
  blobs?: BlobHeader[];
  /** What was asked, so that an answer is never shown under another label. */
  state?: AttackState;
  [field: string]: unknown;
}

/** An image ready for a canvas. */
export interface Rgba {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
}

/** Rows of numbers, one per pixel. */
export interface Grid {
  width: number;
  height: number;
  data: Float32Array<ArrayBuffer>;
}

/** JSON header and binary payload of one message: uint32 length, header, payload aligned to four bytes. */
export class Frame {
  readonly header: FrameHeader;
  private readonly payload: number;

  constructor(private readonly buffer: ArrayBuffer) {
    const length = new DataView(buffer).getUint32(0, true);
    this.payload = 4 + length;
    this.header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  }

  rgba(name: string): Rgba | null {
    const blob = this.find(name);
    if (!blob) {
      return null;
    }
    const [height = 0, width = 0] = blob.shape;
    const data = new Uint8ClampedArray(this.buffer, this.payload + blob.offset, blob.length);
    return { width, height, data };
  }

  /** The numbers of a blob with their shape, outermost first. */
  numbers(name: string): { shape: number[]; data: Float32Array<ArrayBuffer> } | null {
    const blob = this.find(name);
    return blob
      ? { shape: blob.shape, data: new Float32Array(this.buffer, this.payload + blob.offset, blob.length / 4) }
      : null;
  }

  integers(name: string): Int32Array | null {
    const blob = this.find(name);
    return blob ? new Int32Array(this.buffer, this.payload + blob.offset, blob.length / 4) : null;
  }

  grid(name: string): Grid | null {
    const found = this.numbers(name);
    if (!found) {
      return null;
    }
    const [height = 0, width = 0] = found.shape.slice(-2);
    return { width, height, data: found.data };
  }

  private find(name: string): BlobHeader | undefined {
    return this.header.blobs?.find((blob) => blob.name === name);
  }
}
