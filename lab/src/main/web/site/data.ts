export interface Contents {
  model: string;
  title: string;
  classes: number;
  /** In front of the network, and how gradients pass it; empty if there is none. */
  defense: string;
  method: string;
  attacks: string[];
  epsilons: number[];
  files: { name: string; script: string; picture: string }[];
  colours: string;
  version: string;
  command: string;
}

export interface Top {
  index: number;
  name: string;
  probability: number;
}

/** Signed bytes; 127 stands for the largest. */
export interface HeatMap {
  height: number;
  width: number;
  largest: number;
  values: string;
}

export interface Frame {
  epsilon: number;
  pixels: string | null;
  after: Top;
  map: HeatMap;
  ssim: number | null;
  spearman: number | null;
}

export interface Attacked {
  id: string;
  sign: string | null;
  classes: { index: number; name: string; probabilities: number[] }[];
  frames: Frame[];
}

export interface Picture {
  name: string;
  width: number;
  height: number;
  channels: number;
  pixels: string;
  before: Top;
  clean: HeatMap;
  attacks: Attacked[];
}

const pictures = new Map<number, Picture>();
const waiting = new Map<number, (picture: Picture) => void>();

/** Called by the script of an image. */
export function receive(index: number, picture: Picture): void {
  pictures.set(index, picture);
  waiting.get(index)?.(picture);
  waiting.delete(index);
}

/** The results of an image; its script is loaded when it is first shown. */
export function picture(index: number, script: string): Promise<Picture> {
  const known = pictures.get(index);
  if (known) {
    return Promise.resolve(known);
  }
  return new Promise((resolve, reject) => {
    waiting.set(index, resolve);
    const element = document.createElement("script");
    element.src = script;
    element.onerror = () => reject(new Error(`The file ${script} is missing.`));
    document.head.append(element);
  });
}

export function bytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

export function signed(text: string): Int8Array {
  return new Int8Array(bytes(text).buffer);
}
