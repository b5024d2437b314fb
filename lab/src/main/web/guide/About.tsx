import { useEffect } from "preact/hooks";
import type { CatalogEntry } from "../api/types.js";
import { readPapers, store } from "../state/lab.js";
import { Formula } from "./Formula.js";

/** The formula, what to look for, and the paper of an algorithm. */
export function About({ entry }: { entry: CatalogEntry }) {
  const paper = store.use((state) => state.papers?.[entry.paper]);
  useEffect(() => void readPapers(), []);
  return (
    <div class="about">
      <h3>{entry.title}</h3>
      {entry.formula && <Formula text={entry.formula} />}
      {entry.lookFor && <p>{entry.lookFor}</p>}
      {paper && (
        <p class="small muted">
          {paper.authors}: {paper.url ? <a href={paper.url} target="_blank" rel="noreferrer">{paper.title}</a> : <cite>{paper.title}</cite>}
          {paper.venue ? `. ${paper.venue}` : ""} {paper.year}.
        </p>
      )}
    </div>
  );
}
