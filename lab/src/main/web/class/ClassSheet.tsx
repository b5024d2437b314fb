import { useId, useState } from "preact/hooks";
import { messageOf, postJson } from "../api/http.js";
import type { Board } from "../api/types.js";
import { attackState, firstName } from "../attack/attackState.js";
import { Note } from "../parts/Note.js";
import { exactEpsilon, short } from "../parts/numbers.js";
import { Sheet } from "../parts/Sheet.js";
import { store } from "../state/lab.js";
import { follow, following, present, presenting } from "./presentation.js";

/** A lab in front of a class: guests, what the host shows, and a challenge. */
export function ClassSheet({ onClose }: { onClose: () => void }) {
  const { guest, open, guestAddresses } = store.use((state) => state.offer.lab);
  const shows = presenting.use((on) => on);
  const follows = following.use((on) => on);
  return (
    <Sheet title="Class" onClose={onClose}>
      {guest ? (
        <label class="tick">
          <input type="checkbox" checked={follows} onChange={(event) => follow(event.currentTarget.checked)} />
          Follow what the host shows
        </label>
      ) : (
        <>
          {guestAddresses.length > 0 ? (
            <section class="stack tight" aria-label="Addresses for guests">
              <h3>For guests</h3>
              <Addresses addresses={guestAddresses} />
              <p class="small muted">
                {open ? "All who come may change networks and runs." : "Guests look at networks and runs and change neither."} The address travels without encryption: anyone who watches the network can read the token in it. Use it in a network that you trust.
              </p>
            </section>
          ) : (
            <Note>Start the lab with --host 0.0.0.0, and guests can come to it and follow what you show.</Note>
          )}
          <label class="tick">
            <input type="checkbox" checked={shows} onChange={(event) => present(event.currentTarget.checked)} />
            Show what I see to all who follow
          </label>
        </>
      )}
      <Challenge />
    </Sheet>
  );
}

/** The addresses, and one of them as QR code. */
function Addresses({ addresses }: { addresses: string[] }) {
  const [picked, setPicked] = useState(0);
  return (
    <div class="guest-addresses">
      <img class="guest-code" src={`api/guest-codes/${picked}`} alt={`QR code of ${addresses[picked]}`} width={264} height={264} />
      <div class="stack tight">
        {addresses.map((address, at) => (
          <div key={address} class="row nowrap">
            <code class="address">{address}</code>
            {addresses.length > 1 && (
              <button type="button" class="button low" aria-pressed={at === picked} onClick={() => setPicked(at)}>
                QR code
              </button>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Who fools the network on the present image by the smallest change. */
function Challenge() {
  const id = useId();
  const document = store.use((state) => state.document);
  const title = store.use((state) => state.models.find((model) => model.id === document.model)?.title ?? document.model);
  const [player, setPlayer] = useState("");
  const [board, setBoard] = useState<Board | null>(null);
  const [problem, setProblem] = useState("");
  const [panel] = document.panels;
  if (!panel) return null;
  const size = (value: number) => (panel.norm === "linf" ? exactEpsilon(value) : short(value));
  const send = async (path: string) => {
    setProblem("");
    try {
      setBoard(await postJson<Board>(path, { player: player || "?", state: attackState(document, panel) }));
    } catch (failure) {
      setProblem(messageOf(failure));
    }
  };
  return (
    <section class="stack tight" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>Challenge: fool it by the smallest change</h3>
      <p class="small muted">
        {title}, the present image, measured in {panel.norm.toUpperCase()}. A try is the attack as it is set; the lab rounds the image to 8 bits and measures it.
      </p>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          void send("api/challenge");
        }}
      >
        <label for={`${id}-player`} class="small">Your name</label>
        <input id={`${id}-player`} class="input narrow-field" maxLength={40} required value={player} onInput={(event) => setPlayer(event.currentTarget.value)} />
        <button type="submit" class="button main">Try</button>
        <button type="button" class="button" onClick={() => void send("api/challenge/scores")}>Show the scores</button>
      </form>
      <div role="status">
        {problem && <Note strong>{problem}</Note>}
        {board && board.fooled !== null && board.size !== null && <p>{board.fooled ? `Fooled, by ${size(board.size)}.` : `Not fooled, by ${size(board.size)}.`}</p>}
        {board?.scores.length === 0 && <p class="muted">There are no scores yet.</p>}
      </div>
      {board && board.scores.length > 0 && (
        <ol class="scores">
          {board.scores.slice(0, 20).map((score) => (
            <li key={score.player}>
              <b>{score.player}</b> <span class="number">{size(score.size)}</span>{" "}
              <span class="muted small">
                {score.attack}, now {firstName(score.after)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
