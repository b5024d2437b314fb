import { useEffect, useId, useState } from "preact/hooks";
import { getJson, messageOf } from "../api/http.js";
import type { StudyDetails, StudyWall } from "../api/types.js";
import { Choice } from "../parts/Choice.js";
import { Note } from "../parts/Note.js";
import { Confusion } from "./Confusion.js";
import { attemptOf, attemptsOf } from "./measures.js";
import { Scatter } from "./Scatter.js";
import { Tiles } from "./Tiles.js";

type Shown = "tiles" | "scatter" | "confusion";

/** The attacked images of a finished run: as tiles, as points of two measures, as confusion matrices. */
export function WallView({ detail }: { detail: StudyDetails }) {
  const id = useId();
  const [wall, setWall] = useState<StudyWall | null>(null);
  const [problem, setProblem] = useState("");
  const [shown, setShown] = useState<Shown>("tiles");
  const [picked, setPicked] = useState("");
  useEffect(() => {
    let current = true;
    getJson<StudyWall>(`api/studies/${encodeURIComponent(detail.id)}/wall`)
      .then((read) => current && setWall(read))
      .catch((failure: unknown) => current && setProblem(messageOf(failure)));
    return () => {
      current = false;
    };
  }, [detail.id]);
  if (problem) {
    return <Note strong>{problem}</Note>;
  }
  if (!wall) {
    return <p class="muted small">Reading …</p>;
  }
  const attempts = attemptsOf(wall.tiles);
  const attempt = attempts.find(({ key }) => key === picked) ?? attempts[0];
  const tiles = wall.tiles.filter((tile) => attemptOf(tile).key === attempt?.key);
  const fooled = tiles.filter(({ success }) => success).length;
  return (
    <section class="stack" aria-label={`Images of ${detail.title}`}>
      <div class="row apart">
        <Choice
          label="How the images are shown"
          name={`${id}-shown`}
          value={shown}
          options={[["tiles", "Wall"], ["scatter", "Scatter"], ["confusion", "Confusion"]]}
          onPick={setShown}
        />
        {attempts.length > 1 && (
          <label class="row">
            <span class="small">Attack</span>
            <select class="select" value={attempt?.key} onChange={(event) => setPicked(event.currentTarget.value)}>
              {attempts.map(({ key, title }) => (
                <option key={key} value={key}>{title}</option>
              ))}
            </select>
          </label>
        )}
        <span class="muted small">
          {fooled} of {tiles.length} fooled
          {wall.whole > wall.tiles.length ? `; the first ${wall.tiles.length} of ${wall.whole} results` : ""}
        </span>
      </div>
      {shown === "tiles" && <Tiles study={detail} tiles={tiles} method={wall.method} />}
      {shown === "scatter" && <Scatter tiles={tiles} />}
      {shown === "confusion" && <Confusion tiles={tiles} />}
    </section>
  );
}
