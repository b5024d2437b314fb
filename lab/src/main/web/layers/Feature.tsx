import type { Frame, Rgba } from "../api/envelope.js";
import { useLive } from "../api/useLive.js";
import { Note } from "../parts/Note.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { Sheet } from "../parts/Sheet.js";
import { store } from "../state/lab.js";

interface Growing {
  image: Rgba | null;
  done: number;
  total: number;
}

const NOTHING: Growing = { image: null, done: 0, total: 1 };

function foldFeature(old: Growing, frame: Frame): Growing {
  return {
    image: frame.rgba("image") ?? old.image,
    done: Number(frame.header.done ?? old.total),
    total: Number(frame.header.total ?? old.total),
  };
}

/** The image that a channel likes best, grown from noise. */
export function Feature({ layer, channel, onClose }: { layer: string; channel: number; onClose: () => void }) {
  const model = store.use((state) => state.document.model);
  const feature = useLive("feature", "layers", { model, layer, channel, steps: 128, seed: 0 }, NOTHING, foldFeature);
  const { image, done, total } = feature.value;
  return (
    <Sheet title={`What channel ${channel} of ${layer} likes best`} narrow onClose={onClose}>
      {feature.status === "failed" ? <Note strong>{feature.message}</Note> : <PixelCanvas image={image} label={`Feature visualisation of channel ${channel}`} class="feature" />}
      {feature.status === "running" && <progress value={done} max={total} aria-label="Growing" />}
      <p class="small muted">Grown from noise by following the channel's gradient. It shows what the channel responds to, not what it is for.</p>
    </Sheet>
  );
}
