import { useEffect, useState } from "preact/hooks";
import { messageOf, postJson } from "../api/http.js";
import type { PresetTrial } from "../api/types.js";
import { firstName } from "../attack/attackState.js";
import { Note } from "../parts/Note.js";
import { percent } from "../parts/numbers.js";

/**
 * The five likeliest classes of the present image under every plausible preprocessing, side by side:
 * the right one is seen by eye.
 */
export function Presets({ upload, form, image, onPick }: { upload: string; form: Record<string, unknown>; image: string; onPick: (form: Record<string, unknown>) => void }) {
  const [trials, setTrials] = useState<PresetTrial[] | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let current = true;
    postJson<PresetTrial[]>(`api/model-uploads/${upload}/presets`, { image, form })
      .then((read) => current && setTrials(read))
      .catch((failure: unknown) => current && setProblem(messageOf(failure)));
    return () => {
      current = false;
    };
  }, [upload, image]);
  if (problem) return <Note strong>{problem}</Note>;
  if (!trials) return <p class="muted small" role="status">Trying the usual preprocessings …</p>;
  return (
    <section class="stack tight" aria-label="Usual preprocessings">
      <div class="row">
        <img class="pixels preset-image" src={`api/images/${encodeURIComponent(image)}/thumbnail`} alt="The present image" />
        <p class="small muted">What the network takes the present image for, by how it is prepared. Use the one whose classes fit.</p>
      </div>
      <ul class="presets">
        {trials.map((trial) => (
          <li key={trial.preset} class="card">
            <strong>{trial.title}</strong>
            {trial.error && <span class="small">{trial.error}</span>}
            <ol>
              {trial.top.map(({ index, name, probability }) => (
                <li key={index} style={{ "--share": `${100 * probability}%` } as never}>
                  <span>{firstName(name)}</span>
                  <span class="number">{percent(probability)}</span>
                </li>
              ))}
            </ol>
            <button type="button" class="button low" aria-pressed={isSame(trial.form as never, form)} onClick={() => onPick({ ...form, ...preprocessing(trial.form as never) })}>
              Use<span class="unseen"> {trial.title}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function preprocessing({ channels, range, mean, std }: Record<string, unknown>): Record<string, unknown> {
  return { channels, range, mean, std };
}

function isSame(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  return JSON.stringify(preprocessing(one)) === JSON.stringify(preprocessing(other));
}
