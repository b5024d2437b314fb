import { useEffect, useState } from "preact/hooks";
import type { Rgba } from "../api/envelope.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";

const BEAT = 700;

/** Both images over each other, parted by a handle: the clean one left of it, the adversarial one right. */
export function Slide({ clean, adversarial }: { clean: Rgba | null; adversarial: Rgba | null }) {
  const [share, setShare] = useState(50);
  return (
    <figure class="over-images">
      <div class="frame">
        <PixelCanvas image={clean} label="The image, left of the handle" />
        <div class="over-top" style={{ clipPath: `inset(0 0 0 ${share}%)` }}>
          <PixelCanvas image={adversarial} label="The adversarial image, right of the handle" />
        </div>
        <span class="over-handle" style={{ left: `${share}%` }} aria-hidden="true" />
        <input
          class="over-range"
          type="range"
          min={0}
          max={100}
          step={0.5}
          value={share}
          aria-label="Share of the clean image"
          aria-valuetext={`${Math.round(share)} % clean`}
          onInput={(event) => setShare(Number(event.currentTarget.value))}
        />
      </div>
      <figcaption class="row apart small muted">
        <span>◂ image</span>
        <span>adversarial image ▸</span>
      </figcaption>
    </figure>
  );
}

/** Both images in turn at the same place: the eye sees small differences as motion. */
export function Blink({ clean, adversarial }: { clean: Rgba | null; adversarial: Rgba | null }) {
  const [second, setSecond] = useState(false);
  const [running, setRunning] = useState(() => !matchMedia("(prefers-reduced-motion: reduce)").matches);
  useEffect(() => {
    const timer = running ? setInterval(() => setSecond((now) => !now), BEAT) : undefined;
    return () => clearInterval(timer);
  }, [running]);
  return (
    <figure class="over-images">
      <div class="frame">
        <PixelCanvas image={clean} label="The image" />
        <div class="over-top" hidden={!second}>
          <PixelCanvas image={adversarial} label="The adversarial image" />
        </div>
      </div>
      <figcaption class="row apart small">
        <span class={second ? "accent-text" : "muted"}>{second ? "adversarial image" : "image"}</span>
        <span class="row">
          <button type="button" class="button low" onClick={() => (setRunning(false), setSecond(!second))}>
            Switch
          </button>
          <button type="button" class="button low" aria-pressed={running} onClick={() => setRunning(!running)}>
            {running ? "Pause" : "Blink"}
          </button>
        </span>
      </figcaption>
    </figure>
  );
}
