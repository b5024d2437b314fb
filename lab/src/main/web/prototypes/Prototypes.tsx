import type { Frame, Rgba } from "../api/envelope.js";
import { useLive } from "../api/useLive.js";
import type { AttackState } from "../api/state.js";
import type { ClassName } from "../api/types.js";
import { Note } from "../parts/Note.js";
import { short } from "../parts/numbers.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";

interface Source {
  owner: ClassName;
  dataSet: string;
  name: string;
  row: number;
  column: number;
}

interface Match {
  prototype: number;
  contribution: number;
  similarity: number;
  source: Source | null;
  here: Rgba | null;
  map: Rgba | null;
  training: Rgba | null;
  patch: Rgba | null;
}

interface Found {
  on: "clean" | "adversarial";
  speaksFor: ClassName;
  matches: Match[];
}

const TOP = 3;

function foldFound(all: Found[], frame: Frame): Found[] {
  const { on, speaksFor, matches } = frame.header as unknown as Found;
  if (!matches) {
    return all;
  }
  const shown = matches.map((match, at) => ({
    ...match,
    here: frame.rgba(`${at}-here`),
    map: frame.rgba(`${at}-map`),
    training: frame.rgba(`${at}-training`),
    patch: frame.rgba(`${at}-patch`),
  }));
  return [...all.filter((other) => other.on !== on), { on, speaksFor, matches: shown }];
}

/** "This looks like that": places of both images, and the training patches that they remind the network of. */
export function Prototypes({ panelId, state }: { panelId: string; state: AttackState }) {
  const found = useLive("prototypes", `p${panelId}`, { state, top: TOP }, [] as Found[], foldFound, { delay: 150 });
  return (
    <>
      {found.status === "failed" && <Note strong>{found.message}</Note>}
      {found.value.length === 0 && found.status === "running" && <p class="muted small" role="status">Looking …</p>}
      <div class={`likenesses ${found.stale ? "stale" : ""}`}>
        {found.value.map((one) => (
          <OneImage key={one.on} found={one} />
        ))}
      </div>
    </>
  );
}

function OneImage({ found }: { found: Found }) {
  const title = found.on === "clean" ? "Image" : "Adversarial image";
  return (
    <section aria-label={`Prototypes in the ${title.toLowerCase()}`}>
      <h4>
        {title}: evidence for <b>{found.speaksFor.name}</b>
      </h4>
      <ol class="looks-like">
        {found.matches.map((match) => (
          <li key={match.prototype}>
            <Likeness match={match} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Likeness({ match }: { match: Match }) {
  const { source } = match;
  const from = source ? `${source.name.replaceAll("-", " ")}, row ${source.row}, column ${source.column}` : "";
  return (
    <>
      <figure>
        <PixelCanvas image={match.here} label="The framed place of this image" />
        <figcaption class="tiny">this</figcaption>
      </figure>
      <figure>
        <PixelCanvas image={match.map} label="How much each place is like the prototype" />
        <figcaption class="tiny">{`similarity ${short(match.similarity)}`}</figcaption>
      </figure>
      {match.patch && (
        <figure>
          <PixelCanvas image={match.patch} label={`The training patch of prototype ${match.prototype}`} />
          <figcaption class="tiny">looks like this patch</figcaption>
        </figure>
      )}
      {match.training && (
        <figure>
          <PixelCanvas image={match.training} label={`The training image of prototype ${match.prototype}: ${from}`} />
          <figcaption class="tiny">{source?.owner.name}</figcaption>
        </figure>
      )}
      <p class="tiny muted">
        {`Prototype ${match.prototype} adds `}
        <b class="number">{short(match.contribution)}</b>
        {source ? ` (${source.dataSet}: ${from})` : ""}
      </p>
    </>
  );
}
