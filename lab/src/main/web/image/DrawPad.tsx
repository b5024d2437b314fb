import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ModelSummary } from "../api/types.js";
import { draw } from "../parts/PixelCanvas.js";
import { Sheet } from "../parts/Sheet.js";
import { takeDrawing } from "./choose.js";
import { Ink } from "./ink.js";

/** A drawing at a network's own size, by mouse, finger, pen or arrow keys. */
export function DrawPad({ model, onClose }: { model: ModelSummary; onClose: () => void }) {
  const side = model.input?.width ?? 28;
  const ink = useMemo(() => new Ink(side), [side]);
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ x: number; y: number } | null>(null);
  const pen = useRef({ x: side / 2, y: side / 2 });
  const [empty, setEmpty] = useState(true);
  const [width, setWidth] = useState(side / 20);
  const show = () => canvas.current && draw(canvas.current, { width: side, height: side, data: ink.rgba() });
  useEffect(() => void show(), [ink]);

  const placeOf = (event: PointerEvent) => {
    const box = canvas.current?.getBoundingClientRect();
    return box
      ? { x: ((event.clientX - box.left) / box.width) * side, y: ((event.clientY - box.top) / box.height) * side }
      : { x: 0, y: 0 };
  };
  const drawTo = (x: number, y: number) => {
    const from = last.current ?? { x, y };
    ink.stroke(from.x, from.y, x, y, width);
    last.current = { x, y };
    setEmpty(false);
    show();
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step) {
      return;
    }
    event.preventDefault();
    const from = { ...pen.current };
    pen.current = { x: clamp(from.x + (step[0] ?? 0), side), y: clamp(from.y + (step[1] ?? 0), side) };
    last.current = event.shiftKey ? null : from;
    if (!event.shiftKey) {
      drawTo(pen.current.x, pen.current.y);
    }
    last.current = null;
  };
  const done = async () => {
    await takeDrawing(model, side, ink.encoded());
    onClose();
  };
  return (
    <Sheet title="Draw a digit" narrow onClose={onClose}>
      <canvas
        ref={canvas}
        class="draw-pad pixels"
        width={side}
        height={side}
        tabIndex={0}
        role="application"
        aria-label="Drawing area. Arrow keys draw, Shift and arrow keys move the pen."
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const { x, y } = placeOf(event);
          drawTo(x, y);
        }}
        onPointerMove={(event) => {
          if (last.current) {
            for (const part of event.getCoalescedEvents?.() ?? [event]) {
              const { x, y } = placeOf(part);
              drawTo(x, y);
            }
          }
        }}
        onPointerUp={() => (last.current = null)}
        onPointerCancel={() => (last.current = null)}
        onKeyDown={onKey}
      />
      <div class="field">
        <label for="pen-width">Pen</label>
        <input id="pen-width" type="range" min={side / 40} max={side / 10} step={side / 80} value={width} onInput={(event) => setWidth(Number(event.currentTarget.value))} />
        <span class="hint">Draw it large and in the middle. Arrow keys draw too; hold Shift to lift the pen.</span>
      </div>
      <div class="row apart">
        <button
          type="button"
          class="button"
          onClick={() => {
            ink.clear();
            setEmpty(true);
            show();
          }}
        >
          Clear
        </button>
        <button type="button" class="button main" disabled={empty} onClick={() => void done()}>
          Attack this drawing
        </button>
      </div>
    </Sheet>
  );
}

function clamp(value: number, side: number): number {
  return Math.max(0.5, Math.min(side - 0.5, value));
}
