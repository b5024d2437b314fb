import { useState } from "preact/hooks";
import { messageOf, postJson, remove } from "../api/http.js";
import type { Job, ModelSummary } from "../api/types.js";
import { bytesText } from "../parts/numbers.js";
import { notify, refreshModels } from "../state/lab.js";
import { isOver, useJob } from "./useJob.js";

/** Fetches a network of the hub, with progress; it can be stopped and goes on later. */
export function Fetch({ model }: { model: ModelSummary }) {
  const [started, setStarted] = useState<Job | null>(null);
  const job = useJob(started, () => void refreshModels());
  const start = async () => {
    try {
      const fresh = await postJson<Job>(`api/models/${encodeURIComponent(model.id)}/fetch`, {});
      setStarted(fresh);
      if (isOver(fresh)) void refreshModels();
    } catch (problem) {
      notify(messageOf(problem), true);
    }
  };
  if (job && !isOver(job)) {
    return (
      <div class="fetching">
        <progress value={job.done} max={job.total || 1} aria-label={`Fetching ${model.title}`} />
        <span class="tiny muted number">
          {bytesText(job.done)} of {bytesText(job.total)}
        </span>
        <button type="button" class="button low" onClick={() => void remove(`api/jobs/${job.id}`)}>
          Stop
        </button>
      </div>
    );
  }
  return (
    <div class="fetching">
      {job?.state === "failed" && (
        <div class="tiny fetch-problem" role="alert">
          {model.title} could not be fetched. Is this machine connected to the network?
          <details>
            <summary>What went wrong</summary>
            {job.error}
          </details>
        </div>
      )}
      <button type="button" class="button" onClick={() => void start()}>
        Fetch<span class="unseen"> {model.title}</span>
      </button>
    </div>
  );
}
