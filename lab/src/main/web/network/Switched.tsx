import type { Frame } from "../api/envelope.js";
import { useLive } from "../api/useLive.js";
import type { AttackState } from "../api/state.js";
import type { BeforeAfter, Predicted } from "../api/types.js";
import { firstName } from "../attack/attackState.js";
import { Note } from "../parts/Note.js";
import { percent } from "../parts/numbers.js";
import type { ChannelReference } from "./NetworkPicture.js";

interface Result {
  off: number;
  clean: Predicted;
  same: Predicted;
  sameSuccess: boolean;
  anew: Predicted;
  anewSuccess: boolean;
  classes: BeforeAfter[];
}

function foldResult(_: Result | null, frame: Frame): Result {
  return frame.header as unknown as Result;
}

/** What the attack comes to with some channels turned off: cause, and not only correlation. */
export function Switched({ place, state, off, onClear }: { place: string; state: AttackState; off: ChannelReference[]; onClear: () => void }) {
  const result = useLive("switch", place, off.length > 0 ? { state, off } : null, null as Result | null, foldResult, { delay: 80 });
  const { value } = result;
  if (off.length === 0) {
    return null;
  }
  return (
    <div class={`switched ${result.stale ? "stale" : ""}`} role="status" aria-busy={result.status === "running"}>
      {result.status === "failed" && <Note strong>{result.message}</Note>}
      {value && (
        <>
          <p>
            <strong>
              With {value.off} {value.off === 1 ? "channel" : "channels"} off
            </strong>{" "}
            the image is taken for <b>{firstName(value.clean.name)}</b> <span class="muted number">{percent(value.clean.probability)}</span>.
          </p>
          <p>
            {value.sameSuccess ? "The same adversarial image still fools it: " : "The same adversarial image does not fool it any more: "}
            <b class={value.sameSuccess ? "accent-text" : ""}>{firstName(value.same.name)}</b> <span class="muted number">{percent(value.same.probability)}</span>.
          </p>
          <p>
            {value.anewSuccess ? "Attacked anew it is fooled: " : "Attacked anew it is not fooled: "}
            <b class={value.anewSuccess ? "accent-text" : ""}>{firstName(value.anew.name)}</b> <span class="muted number">{percent(value.anew.probability)}</span>.
          </p>
        </>
      )}
      <button type="button" class="button low" onClick={onClear}>
        Turn all on again
      </button>
    </div>
  );
}
