import { useEffect, useState } from "preact/hooks";
import { getJson, messageOf, postJson, remove } from "../api/http.js";
import type { DiskUse, StudyDetails, StudyEntry, StudyList } from "../api/types.js";
import { Note } from "../parts/Note.js";
import { notify, store } from "../state/lab.js";
import { NewRun } from "./NewRun.js";
import { RunDetail } from "./RunDetail.js";

const EVERY = 1500;

/** Many images at once: start a study, watch it, read its results, come back to earlier ones. */
export function RunsView() {
  const [studies, setStudies] = useState<StudyEntry[] | null>(null);
  const [datasets, setDatasets] = useState<string[]>([]);
  const [disk, setDisk] = useState<DiskUse | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [problem, setProblem] = useState("");
  const refresh = async () => {
    try {
      const answer = await getJson<StudyList>("api/studies");
      setStudies(answer.studies);
      setDatasets(answer.datasets);
      setDisk(answer.disk);
      setProblem("");
    } catch (failure) {
      setProblem(messageOf(failure));
    }
  };
  const running = studies?.some((study) => study.state === "running" || study.state === "waiting") ?? false;
  useEffect(() => void refresh(), []);
  useEffect(() => {
    const timer = running ? setInterval(() => void refresh(), EVERY) : undefined;
    return () => clearInterval(timer);
  }, [running]);
  const begun = (study: StudyEntry) => {
    setChosen(study.id);
    void refresh();
  };
  return (
    <div class="stack view">
      <header class="view-head">
        <div>
          <h2>Runs over many images</h2>
          <p class="muted">One image is an anecdote. A run attacks many, and measures.</p>
        </div>
      </header>
      {problem && <Note strong>{problem}</Note>}
      {store.get().offer.lab.guest ? <Note>Guests look at runs; the host of this lab starts them.</Note> : <NewRun datasets={datasets} onBegun={begun} />}
      <section class="card section" aria-labelledby="runs-title">
        <div class="row apart">
          <h3 id="runs-title">Runs</h3>
          {disk && (
            <span class="muted small">
              {disk.runs} of at most {disk.mostRuns} runs; networks and runs take {gigabytes(disk.bytes)} of {gigabytes(disk.mostBytes)}
            </span>
          )}
        </div>
        {studies?.length === 0 && <p class="muted">There is none yet. Start one above.</p>}
        <ul class="runs">
          {studies?.map((study) => (
            <li key={study.id}>
              <RunLine study={study} chosen={study.id === chosen} onPick={() => setChosen(study.id === chosen ? null : study.id)} onChanged={() => void refresh()} />
              {study.id === chosen && <RunOf study={study} />}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function gigabytes(bytes: number): string {
  const size = bytes / 2 ** 30;
  return size < 0.1 ? `${(bytes / 2 ** 20).toFixed(1)} MB` : `${Number(size.toPrecision(3))} GB`;
}

function RunLine({ study, chosen, onPick, onChanged }: { study: StudyEntry; chosen: boolean; onPick: () => void; onChanged: () => void }) {
  const { job } = study;
  const [sure, setSure] = useState(false);
  const running = job && (job.state === "running" || job.state === "waiting");
  const attempt = async (work: Promise<unknown>) => {
    try {
      await work;
      onChanged();
    } catch (failure) {
      notify(messageOf(failure), true);
    }
  };
  const stopped = study.state === "cancelled" || study.state === "failed";
  return (
    <div class="run-line">
      <button type="button" class="run-name" aria-expanded={chosen} onClick={onPick}>
        <strong>{study.title}</strong>
        <span class="muted small">
          {new Date(study.created).toLocaleString()} · {study.images} images
        </span>
      </button>
      {running ? (
        <div class="fetching">
          <progress value={job.done} max={job.total || 1} aria-label={`Progress of ${study.title}`} />
          <span class="tiny muted number">
            {job.done} of {job.total}
          </span>
          <button type="button" class="button low" onClick={() => void attempt(remove(`api/jobs/${job.id}`))}>
            Cancel
          </button>
        </div>
      ) : (
        <div class="row">
          <span class={`chip${study.state === "failed" ? " accent" : ""}`}>{study.state}</span>
          {stopped && (
            <button type="button" class="button low" onClick={() => void attempt(postJson(`api/studies/${encodeURIComponent(study.id)}/resume`, {}))}>
              Go on<span class="unseen"> with {study.title}</span>
            </button>
          )}
          {study.report && (
            <a class="button low" href={`api/studies/${encodeURIComponent(study.id)}/report`} target="_blank" rel="noreferrer">
              Report<span class="unseen"> of {study.title}, opens in a new tab</span>
            </a>
          )}
          {!store.get().offer.lab.guest && (
            <button
              type="button"
              class={`button low${sure ? " main" : " quiet"}`}
              onBlur={() => setSure(false)}
              onClick={() => (sure ? void attempt(remove(`api/studies/${encodeURIComponent(study.id)}`)) : setSure(true))}
            >
              {sure ? "Remove it for good" : "Remove"}
              <span class="unseen">: {study.title}</span>
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** Read again whenever the run changes its state. */
function RunOf({ study }: { study: StudyEntry }) {
  const [detail, setDetail] = useState<StudyDetails | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let current = true;
    getJson<StudyDetails>(`api/studies/${encodeURIComponent(study.id)}`)
      .then((read) => current && setDetail(read))
      .catch((failure: unknown) => current && setProblem(messageOf(failure)));
    return () => {
      current = false;
    };
  }, [study.id, study.state, study.job?.done]);
  if (problem) {
    return <Note strong>{problem}</Note>;
  }
  return detail ? <RunDetail detail={detail} error={study.job?.error ?? null} /> : <p class="muted small">Reading …</p>;
}
