import { useEffect, useState } from "preact/hooks";
import { getJson } from "../api/http.js";
import type { Job } from "../api/types.js";

const EVERY = 500;

export function isOver(job: Job): boolean {
  return job.state === "done" || job.state === "failed" || job.state === "cancelled";
}

/** Follows a job of the server until it is over. */
export function useJob(start: Job | null, onOver: (job: Job) => void): Job | null {
  const [job, setJob] = useState(start);
  useEffect(() => {
    setJob(start);
    if (!start || isOver(start)) {
      return undefined;
    }
    const timer = setInterval(() => {
      getJson<Job>(`api/jobs/${start.id}`)
        .then((now) => {
          setJob(now);
          if (isOver(now)) {
            clearInterval(timer);
            onOver(now);
          }
        })
        .catch(() => undefined);
    }, EVERY);
    return () => clearInterval(timer);
  }, [start?.id]);
  return job;
}
