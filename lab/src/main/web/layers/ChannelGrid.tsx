import { useState } from "preact/hooks";
import type { Grid } from "../api/envelope.js";
import { centred, paint, rangeOf, SIGNED, tableOf, type Table } from "../maps/colors.js";
import { percent, short } from "../parts/numbers.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { store } from "../state/lab.js";
import { Feature } from "./Feature.js";

export interface Channel {
  channel: number;
  cleanMean: number;
  adversarialMean: number;
  cleanMax: number;
  adversarialMax: number;
  change: number;
}

interface Stack {
  shape: number[];
  data: Float32Array<ArrayBuffer>;
}

export interface Activations {
  shape: number[];
  channels: Channel[];
  total: number;
  from: number;
  to: number;
  clean: Stack;
  adversarial: Stack;
}

/** Both images' activations channel by channel, on one scale. */
export function ChannelGrid({ activations, layer }: { activations: Activations; layer: string }) {
  const maps = store.use((state) => state.offer.lab.colorMaps);
  const visual = store.use((state) => state.offer.lab.capabilities.featureVisualization);
  const [chosen, setChosen] = useState<number | null>(null);
  const chosenMap = store.use((state) => state.document.heat.colorMap);
  const found = maps.find((map) => map.name === chosenMap);
  const table = found ? tableOf(found) : SIGNED;
  const spatial = activations.clean.shape.slice(-2).some((side) => side > 1);
  if (!spatial) {
    return <NumberTable channels={activations.channels} />;
  }
  return (
    <>
      <ul class="channels">
        {activations.channels.map((channel, at) => (
          <li key={channel.channel}>
            <button
              type="button"
              class="channel"
              disabled={!visual}
              aria-pressed={chosen === channel.channel}
              title={`mean ${short(channel.cleanMean)} before, ${short(channel.adversarialMean)} after`}
              onClick={() => setChosen(chosen === channel.channel ? null : channel.channel)}
            >
              <Plate stack={activations.clean} at={at} table={table} activations={activations} label={`Channel ${channel.channel} for the image`} />
              <Plate stack={activations.adversarial} at={at} table={table} activations={activations} label={`Channel ${channel.channel} for the adversarial image`} />
              <span class="tiny">
                {channel.channel} <span class="muted number">changed {percent(channel.change)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {chosen !== null && <Feature layer={layer} channel={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function Plate({ stack, at, table, activations, label }: { stack: Stack; at: number; table: Table; activations: Activations; label: string }) {
  const grid = plate(stack, at);
  return <PixelCanvas image={paint(grid, table, { from: activations.from, to: activations.to })} label={label} />;
}

export function plate({ shape, data }: Stack, at: number): Grid {
  const [height = 1, width = 1] = shape.slice(-2);
  const size = height * width;
  return { width, height, data: data.subarray(at * size, (at + 1) * size) };
}

/** Layers without space are numbers, one per unit. */
function NumberTable({ channels }: { channels: Channel[] }) {
  return (
    <div class="wide" tabIndex={0} role="region" aria-label="Units">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Unit</th>
            <th scope="col" class="right">Image</th>
            <th scope="col" class="right">Adversarial</th>
            <th scope="col" class="right">Changed</th>
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <tr key={channel.channel}>
              <td>{channel.channel}</td>
              <td class="right number">{short(channel.cleanMean)}</td>
              <td class="right number">{short(channel.adversarialMean)}</td>
              <td class="right number">{percent(channel.change)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function signedImage(grid: Grid) {
  return paint(grid, SIGNED, centred(rangeOf([grid])));
}
