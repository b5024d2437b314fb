import { useLayoutEffect, useRef } from "preact/hooks";
import type { Rgba } from "../api/envelope.js";

/** Below this width pixels are shown as squares. */
const SMALL = 128;

export function draw(canvas: HTMLCanvasElement, { width, height, data }: Rgba): void {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  canvas.getContext("2d")?.putImageData(new ImageData(data, width, height), 0, 0);
}

/** An image drawn from its bytes, without a detour over a file format. */
export function PixelCanvas({ image, label, class: name = "" }: { image: Rgba | null; label: string; class?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current && image) {
      draw(canvas.current, image);
    }
  }, [image]);
  const small = !image || image.width <= SMALL;
  const named = label ? { role: "img" as const, "aria-label": label } : { "aria-hidden": true };
  return <canvas ref={canvas} class={`${small ? "pixels " : ""}${name}`} {...named} width={28} height={28} />;
}
