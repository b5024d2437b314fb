import { useEffect, useId, useState } from "preact/hooks";
import { useLive } from "../api/useLive.js";
import type { AttackState } from "../api/types.js";
import { firstName } from "../attack/attackState.js";
import { LineChart, type Line } from "../curves/LineChart.js";
import { Icon } from "../parts/icons.js";
import { Note } from "../parts/Note.js";
import { percent, short } from "../parts/numbers.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { foldFilm, NO_FILM, type Still } from "./player.js";

const MOST = 60;
const BEAT = 120;

/** The attack, step by step. */
export function Player({ panelId, state, labelName }: { panelId: string; state: AttackState; labelName: string }) {
  const id = useId();
  const film = useLive("frames", `p${panelId}`, { state: { ...state, defense: null }, most: MOST, class: null }, NO_FILM, foldFilm, { delay: 400 });
  const { stills } = film.value;
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const last = Math.max(0, stills.length - 1);
  const still = stills[Math.min(at, last)];
  useEffect(() => {
    if (!playing) {
      return undefined;
    }
    const timer = setInterval(() => setAt((now) => (now >= last ? now : now + 1)), BEAT);
    return () => clearInterval(timer);
  }, [playing, last]);
  useEffect(() => {
    if (playing && at >= last && film.value.whole) {
      setPlaying(false);
    }
  }, [playing, at, last, film.value.whole]);

  if (film.status === "failed") {
    return <Note strong>{film.message}</Note>;
  }
  if (!still) {
    return <p class="muted small" role="status">Filming …</p>;
  }
  const toggle = () => {
    if (!playing && at >= last) setAt(0);
    setPlaying(!playing);
  };
  return (
    <div class={`player ${film.stale ? "stale" : ""}`}>
      <div class="player-pictures">
        <PixelCanvas picture={still.adversarial} label={`After step ${still.iteration}: taken for ${still.after.name}`} />
        <PixelCanvas picture={still.perturbation} label={`Perturbation after step ${still.iteration}`} />
      </div>
      <div class="stack tight">
        <p>
          Step <strong class="number">{still.iteration}</strong>: <strong class={still.success ? "accent-text" : ""}>{firstName(still.after.name)}</strong>{" "}
          <span class="muted number">{percent(still.after.probability)}</span>
          {still.loss !== null && <span class="muted number"> · loss {short(still.loss)}</span>}
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
            aria-valuetext={`step ${still.iteration}`}
            style={{ "--filled": `${last ? (100 * Math.min(at, last)) / last : 0}%` } as never}
            onInput={(event) => {
              setPlaying(false);
              setAt(Number(event.currentTarget.value));
            }}
          />
        </div>
        {stills.length > 1 && (
          <>
            <LineChart title="Confidence over the steps" lines={confidence(stills, labelName)} to={stills[last]?.iteration ?? 1} cursor={still.iteration} whole xText={String} yText={(y) => `${Math.round(100 * y)} %`} />
            <LossChart stills={stills} cursor={still.iteration} />
          </>
        )}
        {stills.length === 1 && film.value.whole && <p class="muted small">This attack has a single step.</p>}
      </div>
    </div>
  );
}

function LossChart({ stills, cursor }: { stills: Still[]; cursor: number }) {
  const losses = stills.flatMap(({ loss }) => (loss === null ? [] : [loss]));
  if (losses.length < 2) {
    return null;
  }
  const line: Line = { name: "loss", kind: "main", points: stills.map(({ iteration, loss }) => ({ x: iteration, y: loss })) };
  return (
    <LineChart
      title="Loss over the steps"
      lines={[line]}
      to={stills[stills.length - 1]?.iteration ?? 1}
      low={Math.min(...losses)}
      high={Math.max(...losses)}
      height={110}
      cursor={cursor}
      whole xText={String}
      yText={short}
    />
  );
}

function confidence(stills: Still[], labelName: string): Line[] {
  const label: Line = { name: firstName(labelName), kind: "main", points: stills.map(({ iteration, probability }) => ({ x: iteration, y: probability })) };
  if (stills[0]?.targetProbability == null) {
    return [label];
  }
  return [label, { name: "the goal", kind: "accent", points: stills.map(({ iteration, targetProbability }) => ({ x: iteration, y: targetProbability })) }];
}
