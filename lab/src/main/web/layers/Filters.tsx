import { useEffect, useState } from "preact/hooks";
import { Frame, type Rgba } from "../api/envelope.js";
import { getBytes, messageOf } from "../api/http.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { plate, signedImage } from "./ChannelGrid.js";

interface FilterSet {
  layer: string;
  images: Rgba[];
}

/** The weights of the first convolution: grey filters blue to orange, colour filters in their colours. */
export function Filters({ model }: { model: string }) {
  const [filters, setFilters] = useState<FilterSet | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let current = true;
    setProblem("");
    getBytes(`api/models/${encodeURIComponent(model)}/filters`)
      .then((bytes) => current && setFilters(read(new Frame(bytes))))
      .catch((failure: unknown) => current && setProblem(messageOf(failure)));
    return () => {
      current = false;
    };
  }, [model]);
  if (problem) {
    return <p class="muted small">{problem}</p>;
  }
  return (
    <ul class="filters">
      {filters?.images.map((image, at) => (
        <li key={at}>
          <PixelCanvas image={image} label={`Filter ${at} of ${filters.layer}`} />
        </li>
      ))}
    </ul>
  );
}

function read(frame: Frame): FilterSet {
  const found = frame.numbers("filters");
  if (!found) {
    return { layer: "", images: [] };
  }
  const [count = 0, channels = 1] = found.shape;
  const images = Array.from({ length: count }, (_, at) =>
    channels === 3 ? colourFilter(found, at) : signedImage(plate(found, at * channels)),
  );
  return { layer: String(frame.header.layer), images };
}

/** Mid grey is a weight of zero. */
function colourFilter(found: { shape: number[]; data: Float32Array<ArrayBuffer> }, at: number): Rgba {
  const [height = 1, width = 1] = found.shape.slice(-2);
  const size = height * width;
  const weights = found.data.subarray(3 * at * size, 3 * (at + 1) * size);
  const most = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 1e-12);
  const data = new Uint8ClampedArray(4 * size);
  for (let i = 0; i < size; i++) {
    for (let c = 0; c < 3; c++) {
      data[4 * i + c] = 127.5 + (127.5 * (weights[c * size + i] ?? 0)) / most;
    }
    data[4 * i + 3] = 255;
  }
  return { width, height, data };
}
