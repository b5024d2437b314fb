import { useEffect, useId, useState } from "preact/hooks";
import { useLive } from "../api/useLive.js";
import type { AttackState } from "../api/state.js";
import { firstName } from "../attack/attackState.js";
import { useSlots } from "../colors/useSlots.js";
import { LineChart, type Line } from "../curves/LineChart.js";
import { Icon } from "../parts/icons.js";
import { rangeOf, tableOf } from "../maps/colors.js";
import { HeatCanvas } from "../maps/HeatCanvas.js";
import { store } from "../state/lab.js";
import { Note } from "../parts/Note.js";
import { percent, short } from "../parts/numbers.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { foldTrajectory, NO_TRAJECTORY, type Iterate } from "./player.js";

const MOST = 60;
const BEAT = 120;

/** The attack, step by step. */
export function Player({ panelId, state, labelName, label }: { panelId: string; state: AttackState; labelName: string; label: number }) {
  const id = useId();
  const slot = useSlots();
  const heat = store.use((whole) => whole.document.heat);
  const catalog = store.use((whole) => whole.offer.catalog);
  const [mapped, setMapped] = useState(false);
  const [method] = heat.methods;
  const map = mapped && method ? { method, class: heat.class } : null;
  const trajectory = useLive("frames", `p${panelId}`, { state, most: MOST, map }, NO_TRAJECTORY, foldTrajectory, { delay: 400 });
  const { iterates } = trajectory.value;
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const last = Math.max(0, iterates.length - 1);
  const iterate = iterates[Math.min(at, last)];
  useEffect(() => {
    if (!playing) {
      return undefined;
    }
    const timer = setInterval(() => setAt((now) => (now >= last ? now : now + 1)), BEAT);
    return () => clearInterval(timer);
  }, [playing, last]);
  useEffect(() => {
    if (playing && at >= last && trajectory.value.whole) {
      setPlaying(false);
    }
  }, [playing, at, last, trajectory.value.whole]);

  if (trajectory.status === "failed") {
    return <Note strong>{trajectory.message}</Note>;
  }
  if (!iterate) {
    return <p class="muted small" role="status">{trajectory.value.working > 0 ? `Step ${trajectory.value.working} …` : "Computing …"}</p>;
  }
  const toggle = () => {
    if (!playing && at >= last) setAt(0);
    setPlaying(!playing);
  };
  return (
    <div class={`player ${trajectory.stale ? "stale" : ""}`}>
      <div class="player-images">
        <PixelCanvas image={iterate.adversarial} label={`After step ${iterate.iteration}: classified as ${iterate.after.name}`} />
        <PixelCanvas image={iterate.perturbation} label={`Perturbation after step ${iterate.iteration}`} />
        {mapped && <StepMap iterate={iterate} iterates={iterates} title={catalog.find(({ id: known }) => known === method?.id)?.title ?? ""} />}
      </div>
      <div class="stack tight">
        <p>
          Step <strong class="number">{iterate.iteration}</strong>: <strong class={iterate.success ? "accent-text" : ""}>{firstName(iterate.after.name)}</strong>{" "}
          <span class="muted number">{percent(iterate.after.probability)}</span>
          {iterate.loss !== null && <span class="muted number"> · loss {short(iterate.loss)}</span>}
        </p>
        <div class="row nowrap">
          <button type="button" class="button square" aria-label={playing ? "Pause" : "Play"} onClick={toggle}>
            <Icon name={playing ? "pause" : "play"} />
          </button>
          <input
            id={id}
            type="range"
            min={0}
            max={last}
            step={1}
            value={Math.min(at, last)}
            aria-label="Step of the attack"
            aria-valuetext={`step ${iterate.iteration}`}
            style={{ "--filled": `${last ? (100 * Math.min(at, last)) / last : 0}%` } as never}
            onInput={(event) => {
              setPlaying(false);
              setAt(Number(event.currentTarget.value));
            }}
          />
        </div>
        {method && (
          <label class="tick small">
            <input type="checkbox" checked={mapped} onChange={(event) => setMapped(event.currentTarget.checked)} />
            with {catalog.find(({ id: known }) => known === method.id)?.title ?? method.id} of each step
          </label>
        )}
        {trajectory.status === "running" && <progress aria-label="Steps shown" value={iterates.length} max={MOST} />}
        {iterates.length > 1 && (
          <>
            <LineChart title="Confidence over the steps" lines={confidence(iterates, labelName, { label: slot(label), target: state.target === null || state.target === undefined ? null : slot(state.target) })} to={iterates[last]?.iteration ?? 1} cursor={iterate.iteration} whole xText={String} yText={(y) => `${Math.round(100 * y)} %`} />
            <LossChart iterates={iterates} cursor={iterate.iteration} />
          </>
        )}
        {iterates.length === 1 && trajectory.value.whole && <p class="muted small">This attack has a single step.</p>}
      </div>
    </div>
  );
}

/** The heat map of one step, on the scale of all steps. */
function StepMap({ iterate, iterates, title }: { iterate: Iterate; iterates: Iterate[]; title: string }) {
  const { colorMap, opacity } = store.use((whole) => whole.document.heat);
  const table = store.use((whole) => whole.offer.lab.colorMaps.find(({ name }) => name === colorMap));
  const scale = rangeOf(iterates.flatMap(({ map }) => map ?? []));
  return iterate.map && table ? (
    <HeatCanvas map={iterate.map} image={iterate.adversarial} table={tableOf(table)} scale={scale} opacity={opacity} label={`${title} after step ${iterate.iteration}`} speaks={title} />
  ) : (
    <div class="heat empty" role="img" aria-label="This map is being computed" />
  );
}

function LossChart({ iterates, cursor }: { iterates: Iterate[]; cursor: number }) {
  const losses = iterates.flatMap(({ loss }) => (loss === null ? [] : [loss]));
  if (losses.length < 2) {
    return null;
  }
  const line: Line = { name: "loss", slot: null, points: iterates.map(({ iteration, loss }) => ({ x: iteration, y: loss })) };
  return (
    <LineChart
      title="Loss over the steps"
      lines={[line]}
      to={iterates[iterates.length - 1]?.iteration ?? 1}
      low={Math.min(...losses)}
      high={Math.max(...losses)}
      height={110}
      cursor={cursor}
      whole xText={String}
      yText={short}
    />
  );
}

function confidence(iterates: Iterate[], labelName: string, slots: { label: number; target: number | null }): Line[] {
  const label: Line = { name: firstName(labelName), slot: slots.label, points: iterates.map(({ iteration, probability }) => ({ x: iteration, y: probability })) };
  if (iterates[0]?.targetProbability == null) {
    return [label];
  }
  return [label, { name: "target class", slot: slots.target, points: iterates.map(({ iteration, targetProbability }) => ({ x: iteration, y: targetProbability })) }];
}
