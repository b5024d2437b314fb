import { useEffect, useRef, useState } from "preact/hooks";
import { isUnderWay } from "../api/live.js";
import { useLive } from "../api/useLive.js";
import type { Crop, ImageInfo } from "../api/types.js";
import { foldUpdate, NOTHING } from "../attack/liveUpdate.js";
import { attackState } from "../attack/attackState.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { Sheet } from "../parts/Sheet.js";
import { change, store } from "../state/lab.js";

/** The part of the image that the network gets, with exactly what it then sees beside it. */
export function Cropper({ onClose }: { onClose: () => void }) {
  const document = store.use((state) => state.document);
  const image = store.use((state) => [...state.own, ...state.samples, ...state.folder].find(({ id }) => id === document.image.id));
  const model = store.use((state) => state.models.find(({ id }) => id === document.model));
  const [size, setSize] = useState<{ width: number; height: number } | null>(sizeOf(image));
  const aspect = model?.input ? model.input.width / model.input.height : 1;
  const [crop, setCrop] = useState<Crop | null>(document.crop);
  const shown = crop ?? (size ? largest(size, aspect) : null);
  const [panel] = document.panels;
  const body = panel ? { state: { ...attackState(document, panel), crop, epsilon: 0 }, resting: false, top: 3, images: ["clean"] } : null;
  const view = useLive("update", "crop", body, NOTHING, foldUpdate);
  const box = useRef<HTMLDivElement>(null);
  const grip = useRef<{ x: number; y: number } | null>(null);

  useEffect(() => {
    setSize(sizeOf(image));
  }, [image]);

  const move = (dx: number, dy: number, zoom = 1) => {
    if (shown && size) {
      setCrop(within({ ...scaled(shown, zoom), x: shown.x + dx, y: shown.y + dy }, shown, size, zoom));
    }
  };
  const onKey = (event: KeyboardEvent) => {
    const unit = Math.max(1, (shown?.width ?? 28) / 40);
    const moves: Record<string, [number, number, number]> = {
      ArrowLeft: [-unit, 0, 1], ArrowRight: [unit, 0, 1], ArrowUp: [0, -unit, 1], ArrowDown: [0, unit, 1], "+": [0, 0, 0.95], "-": [0, 0, 1 / 0.95],
    };
    const way = moves[event.key];
    if (way) {
      event.preventDefault();
      move(...way);
    }
  };
  const scale = () => (size?.width ?? 1) / (box.current?.getBoundingClientRect().width || 1);
  return (
    <Sheet title="Crop and zoom" onClose={onClose}>
      <div class="cropper">
        <div
          class="crop-area"
          ref={box}
          tabIndex={0}
          role="application"
          aria-label="Crop. Arrow keys move it, plus and minus zoom."
          onKeyDown={onKey}
          onWheel={(event) => {
            event.preventDefault();
            move(0, 0, event.deltaY > 0 ? 1 / 0.95 : 0.95);
          }}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            grip.current = { x: event.clientX, y: event.clientY };
          }}
          onPointerMove={(event) => {
            if (grip.current) {
              move((event.clientX - grip.current.x) * scale(), (event.clientY - grip.current.y) * scale());
              grip.current = { x: event.clientX, y: event.clientY };
            }
          }}
          onPointerUp={() => (grip.current = null)}
        >
          <img
            src={`api/images/${encodeURIComponent(document.image.id)}/preview`}
            alt={image?.name ?? "image"}
            class={(size?.width ?? 999) <= 64 ? "pixels" : ""}
            draggable={false}
            onLoad={(event) => size === null && setSize({ width: event.currentTarget.naturalWidth, height: event.currentTarget.naturalHeight })}
          />
          {shown && size && (
            <span
              class="crop-box"
              style={{
                left: `${(100 * shown.x) / size.width}%`,
                top: `${(100 * shown.y) / size.height}%`,
                width: `${(100 * shown.width) / size.width}%`,
                height: `${(100 * shown.height) / size.height}%`,
              }}
            />
          )}
        </div>
        <figure class="crop-view" aria-busy={isUnderWay(view.status)}>
          <PixelCanvas image={view.value.clean} label="What the network gets" />
          <figcaption class="small muted">
            What the network gets{view.value.clean ? `: ${view.value.clean.width} × ${view.value.clean.height} pixels` : ""}
          </figcaption>
        </figure>
      </div>
      <div class="field">
        <label for="crop-zoom">Zoom</label>
        <input
          id="crop-zoom"
          type="range"
          min={1}
          max={8}
          step={0.05}
          value={size && shown ? largest(size, aspect).width / shown.width : 1}
          onInput={(event) => {
            if (size && shown) {
              const wanted = largest(size, aspect).width / Number(event.currentTarget.value);
              move(0, 0, wanted / shown.width);
            }
          }}
        />
      </div>
      <div class="row apart">
        <button type="button" class="button" onClick={() => setCrop(null)}>
          The network's own crop
        </button>
        <button
          type="button"
          class="button main"
          onClick={() => {
            change({ crop });
            onClose();
          }}
        >
          Use this part
        </button>
      </div>
    </Sheet>
  );
}

function sizeOf(image: ImageInfo | undefined): { width: number; height: number } | null {
  return image?.width && image.height ? { width: image.width, height: image.height } : null;
}

function largest(size: { width: number; height: number }, aspect: number): Crop {
  const width = Math.min(size.width, size.height * aspect);
  const height = width / aspect;
  return { x: (size.width - width) / 2, y: (size.height - height) / 2, width, height };
}

function scaled(crop: Crop, zoom: number): Crop {
  return { ...crop, width: crop.width * zoom, height: crop.height * zoom };
}

/** Zooms about the middle, and keeps the crop inside the image and at least eight pixels wide. */
function within(crop: Crop, old: Crop, size: { width: number; height: number }, zoom: number): Crop {
  const aspect = old.width / old.height;
  const width = Math.max(Math.min(8, size.width), Math.min(crop.width, size.width, size.height * aspect));
  const height = width / aspect;
  const x = zoom === 1 ? crop.x : old.x + (old.width - width) / 2;
  const y = zoom === 1 ? crop.y : old.y + (old.height - height) / 2;
  return {
    x: Math.max(0, Math.min(size.width - width, x)),
    y: Math.max(0, Math.min(size.height - height, y)),
    width,
    height,
  };
}
