import { useState } from "preact/hooks";
import type { Frame, Rgba } from "../api/envelope.js";
import { useLive } from "../api/useLive.js";
import type { AttackState } from "../api/state.js";
import type { ClassName } from "../api/types.js";
import { firstName } from "../attack/attackState.js";
import { Feature } from "../layers/Feature.js";
import { rangeOf, type Table } from "../maps/colors.js";
import { HeatCanvas } from "../maps/HeatCanvas.js";
import { Note } from "../parts/Note.js";
import { short } from "../parts/numbers.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { store } from "../state/lab.js";
import { Arithmetic } from "./Arithmetic.js";
import { titleOf, type Block } from "./blocks.js";
import type { Carrier } from "./evidence.js";
import type { ChannelReference } from "./NetworkPicture.js";

interface Patch {
  image: string;
  value: number;
  row: number;
  column: number;
  picture: Rgba | null;
}

function foldPatches(_: Patch[], frame: Frame): Patch[] {
  return ((frame.header.patches as Omit<Patch, "picture">[] | undefined) ?? []).map((patch, at) => ({ ...patch, picture: frame.rgba(String(at)) }));
}

/** One channel: its maps, its patches, its switch, and the arithmetic of its values. */
export function ChannelSheet({ place, state, reference, block, carrier, carried, table, off, onSwitch, onClose }: {
  place: string;
  state: AttackState;
  reference: ChannelReference;
  block: Block;
  carrier: Carrier | undefined;
  carried: ClassName | null;
  table: Table;
  off: boolean;
  onSwitch: () => void;
  onClose: () => void;
}) {
  const visual = store.use((whole) => whole.offer.lab.capabilities.featureVisualization);
  const [growing, setGrowing] = useState(false);
  const patches = useLive("patches", place, { state, ...reference }, [] as Patch[], foldPatches, { delay: 100 });
  const scale = carrier ? rangeOf([carrier.cleanMap, carrier.adversarialMap]) : { from: 0, to: 1 };
  return (
    <section class="channel-sheet" aria-label={`Channel ${reference.channel} of ${reference.layer}`}>
      <div class="row apart">
        <h3>
          Channel {reference.channel} <span class="muted">of {titleOf(block)} {reference.layer}</span>
        </h3>
        <div class="row">
          <button type="button" class={`button${off ? " main" : ""}`} role="switch" aria-checked={!off} onClick={onSwitch}>
            {off ? "Turn it on" : "Turn it off"}
          </button>
          {visual && (
            <button type="button" class="button" onClick={() => setGrowing(true)}>
              What it likes best
            </button>
          )}
          <button type="button" class="button quiet" onClick={onClose}>
            Close
          </button>
        </div>
      </div>
      {carrier && (
        <div class="channel-pair">
          <figure>
            <HeatCanvas map={carrier.cleanMap} image={null} table={table} scale={scale} opacity={1} label="The channel for the image" speaks="the image" />
            <figcaption class="small">image: evidence {short(carrier.clean)}</figcaption>
          </figure>
          <figure>
            <HeatCanvas map={carrier.adversarialMap} image={null} table={table} scale={scale} opacity={1} label="The channel for the adversarial image" speaks="the adversarial image" />
            <figcaption class="small">adversarial: evidence {short(carrier.adversarial)}</figcaption>
          </figure>
          <p class="small muted">
            Evidence{carried ? ` for ${firstName(carried.name)}` : ""} is gradient times activation, summed over the map: by how much the channel raises the logit of that class.
          </p>
        </div>
      )}
      {patches.status === "failed" ? (
        <Note>{patches.message}</Note>
      ) : (
        <ul class={`patches ${patches.stale ? "stale" : ""}`} aria-label="The patches to which it responds most">
          {patches.value.map((patch, at) => (
            <li key={at}>
              <PixelCanvas image={patch.picture} label={`Patch of ${patch.image}`} />
              <span class="tiny">{patch.image}</span>
              <span class="tiny muted number">{short(patch.value)}</span>
            </li>
          ))}
        </ul>
      )}
      {block.head.type === "Conv" && <Arithmetic place={place} state={state} layer={block.head} channel={reference.channel} />}
      {growing && <Feature layer={reference.layer} channel={reference.channel} onClose={() => setGrowing(false)} />}
    </section>
  );
}
