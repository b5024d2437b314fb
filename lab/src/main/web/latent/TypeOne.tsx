import { useEffect, useId, useMemo, useState } from "preact/hooks";
import { useLive } from "../api/useLive.js";
import type { AttackState } from "../api/state.js";
import type { Predicted } from "../api/types.js";
import { firstName } from "../attack/attackState.js";
import { styleOf } from "../colors/classColors.js";
import { useSlots } from "../colors/useSlots.js";
import { rangeOf, tableOf } from "../maps/colors.js";
import { HeatCanvas } from "../maps/HeatCanvas.js";
import { Choice } from "../parts/Choice.js";
import { Note } from "../parts/Note.js";
import { percent, short } from "../parts/numbers.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { store } from "../state/lab.js";
import { foldRocs, foldStops, majority, type Rocs, type Stop } from "./latent.js";
import { Roc, type RocLine } from "./Roc.js";

/** The digit on its way to another one along the code of an auto-encoder, and both types of attack on one ROC. */
export function TypeOne({ panelId, state, names, label, attack }: {
  panelId: string;
  state: AttackState;
  names: string[];
  /** What the clean image is taken for. */
  label: number;
  /** The attack's title, with its strength. */
  attack: string;
}) {
  const id = useId();
  const [picked, setPicked] = useState<number | null>(null);
  const [kept, setKept] = useState<"kept" | "free">("kept");
  const [moved, setMoved] = useState<number | null>(null);
  const target = picked !== null && picked !== label ? picked : (label + 5) % names.length;
  const rocs = useLive("roc", `p${panelId}`, { state }, null as Rocs | null, foldRocs, { delay: 80 });
  const start = { ...state, epsilon: 0, target: null, attack: { id: "fgsm", parameters: {} } };
  const walk = useLive("walk", `p${panelId}`, label < 0 ? null : { state: start, target, kept: kept === "kept" }, [] as Stop[], foldStops, { delay: 200 });
  const stops = walk.value;
  const last = stops[stops.length - 1];
  const at = Math.min(moved ?? firstTypeOne(stops, label), stops.length - 1);
  const stop = stops[at];
  useEffect(() => setMoved(null), [target, kept, state.image, state.model]);
  const lines: RocLine[] = rocs.value
    ? [
        { name: "clean", kind: "clean", rates: rocs.value.clean },
        { name: `Type II: ${attack}`, kind: "type-two", rates: rocs.value.typeTwo },
        ...(stop ? [{ name: kept === "kept" ? "Type I, this far" : "transition, this far", kind: "type-one" as const, rates: stop.rates }] : []),
      ]
    : [];
  return (
    <>
      <div class="row">
        <label class="row nowrap" for={`${id}-target`}>
          <span class="small no-break">Turn it into</span>
          <select id={`${id}-target`} class="select" value={target} onChange={(event) => setPicked(Number(event.currentTarget.value))}>
            {names.map((name, index) => index !== label && <option key={index} value={index}>{firstName(name)}</option>)}
          </select>
        </label>
        <Choice label="What the network may do" name={`${id}-kept`} value={kept} options={[["kept", "network kept (Type I)"], ["free", "network ignored"]]} onPick={setKept} />
      </div>
      {walk.status === "failed" && <Note strong>{walk.message}</Note>}
      {rocs.status === "failed" && walk.status !== "failed" && <Note strong>{rocs.message}</Note>}
      <div class="latent">
        <div class={`stack ${walk.stale ? "stale" : ""}`} aria-busy={walk.status === "running"}>
          {stop ? (
            <>
              <Way stops={stops} at={at} stop={stop} onMove={setMoved} />
              <Seen stop={stop} names={names} label={label} target={target} />
            </>
          ) : (
            <p class="muted small" role="status">{walk.status === "failed" ? "" : "Opening the auto-encoder …"}</p>
          )}
          {last && walk.status === "running" && <progress aria-label="Steps of the walk" value={last.step} max={last.steps} />}
        </div>
        <div class={rocs.stale ? "stale" : ""}>
          {rocs.value && (
            <>
              <h4>Is it a {firstName(rocs.value.positive.name)}?</h4>
              <Roc title={`ROC curves of "is it a ${firstName(rocs.value.positive.name)}"`} lines={lines} />
              <p class="small muted">
                Asked of {rocs.value.positives} drawn images of it and {rocs.value.negatives} of other digits; points are the network's own decisions. A Type II
                attack changes images of it so that the network sees another digit: fewer true positives. A Type I attack turns it into another digit, and the
                network goes on seeing it: more false positives{stop ? `, here by ${stop.replaced} images in which most oracles see another digit` : ""}.
              </p>
            </>
          )}
        </div>
      </div>
    </>
  );
}

/** The first place where the network alone sees the old digit, else the last one. */
function firstTypeOne(stops: Stop[], label: number): number {
  const found = stops.findIndex(({ network, agreed }) => agreed && network.index === label);
  return found >= 0 ? found : stops.length - 1;
}

/** The slider along the code, between bands of what the network and most oracles see. */
function Way({ stops, at, stop, onMove }: { stops: Stop[]; at: number; stop: Stop; onMove: (at: number) => void }) {
  const last = Math.max(1, stops.length - 1);
  return (
    <div class="hero">
      <WayBands title="network" seen={stops.map(({ network }) => network)} />
      <WayBands title="oracles" seen={stops.map(majority)} />
      <div class="slider">
        <input
          type="range"
          min={0}
          max={last}
          step={1}
          value={at}
          aria-label="Place on the way along the code"
          aria-valuetext={`step ${stop.step} of ${stop.steps}`}
          style={{ "--filled": `${(100 * at) / last}%` } as never}
          onInput={(event) => onMove(Number(event.currentTarget.value))}
        />
      </div>
    </div>
  );
}

function WayBands({ title, seen }: { title: string; seen: (Predicted | null)[] }) {
  const slot = useSlots();
  return (
    <div class="way-bands">
      <span class="tiny muted">{title}</span>
      <div class="way">
        {seen.map((one, at) => (
          <i key={at} class={one ? styleOf(slot(one.index)) : "undecided"} title={one ? firstName(one.name) : "no majority"}>
            {one && one.index !== seen[at - 1]?.index && <b>{firstName(one.name)}</b>}
          </i>
        ))}
      </div>
    </div>
  );
}

/** The decoded image with the map of the network's prediction, and who sees what in it. */
function Seen({ stop, names, label, target }: { stop: Stop; names: string[]; label: number; target: number }) {
  const slot = useSlots();
  const { colorMap } = store.use((whole) => whole.document.heat);
  const color = store.use((whole) => whole.offer.lab.colorMaps.find(({ name }) => name === colorMap));
  const models = store.use((whole) => whole.models);
  const scale = useMemo(() => (stop.map ? rangeOf([stop.map]) : { from: 0, to: 1 }), [stop.map]);
  const facts: [string, string][] = [
    ["Step", `${stop.step} of ${stop.steps}`],
    [`P(${firstName(names[label] ?? "")})`, percent(stop.label)],
    ["L2", short(stop.pixelDistance)],
    ["L2 of the code", short(stop.codeDistance)],
    ["Realness", percent(stop.realness)],
  ];
  return (
    <>
      <div class="latent-seen">
        <PixelCanvas image={stop.image} label={`The decoded image, classified as ${stop.network.name}`} />
        {stop.map && color ? (
          <HeatCanvas map={stop.map} image={stop.image} table={tableOf(color)} scale={scale} opacity={0.7} label={`Class activation map of ${stop.network.name}`} speaks={firstName(stop.network.name)} />
        ) : (
          <span />
        )}
        <ul class="jury">
          <li class={styleOf(slot(stop.network.index))}>
            <span>the network sees</span> <b>{firstName(stop.network.name)}</b> <span class="number muted">{percent(stop.network.probability)}</span>
          </li>
          {stop.oracles.map(({ model, seen }) => (
            <li key={model} class={styleOf(slot(seen.index))}>
              <span title={models.find(({ id }) => id === model)?.title}>{model} sees</span> <b>{firstName(seen.name)}</b> <span class="number muted">{percent(seen.probability)}</span>
            </li>
          ))}
        </ul>
      </div>
      <p role="status">
        {stop.network.index === label && stop.agreed ? (
          <b class="accent-text">A Type I adversarial example: most oracles see {firstName(names[target] ?? "")}, the network still sees {firstName(names[label] ?? "")}.</b>
        ) : stop.network.index === label ? (
          `The network keeps its prediction, ${majority(stop)?.index === label ? "and most oracles see the same" : "and the oracles do not agree"}.`
        ) : stop.agreed ? (
          "Network and oracles see another digit: it has become one."
        ) : (
          "The network sees another digit."
        )}
      </p>
      <dl class="numbers">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="number">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
