import { useEffect, useRef, useState } from "preact/hooks";
import type { ImageInfo } from "../api/types.js";
import { Icon } from "../parts/icons.js";
import { Toolbar } from "../parts/Toolbar.js";
import { Later } from "../shell/Later.js";
import { store } from "../state/lab.js";
import { Camera } from "./Camera.js";
import { chooseImage, fits, uploadImage } from "./choose.js";

const cropper = () => import("./Cropper.js").then(({ Cropper }) => Cropper);
const drawPad = () => import("./DrawPad.js").then(({ DrawPad }) => DrawPad);

type Way = "draw" | "camera" | "crop" | null;
const FIRST = 20;

/** Every way to give an image: gallery, folder, drawing, file, paste, camera. */
export function ImageChooser() {
  const { samples, folder, own } = store.use((state) => state);
  const document = store.use((state) => state.document);
  const model = store.use((state) => state.models.find(({ id }) => id === document.model));
  const drawable = store.use((state) => (model?.drawable ? model : state.models.find((other) => other.drawable && other.input)));
  const [way, setWay] = useState<Way>(null);
  const [all, setAll] = useState(false);
  const strip = useRef<HTMLUListElement>(null);
  useEffect(watchPasteAndDrop, []);
  useEffect(() => {
    const chosen = strip.current?.querySelector<HTMLElement>("[aria-pressed=true]");
    if (strip.current && chosen) {
      strip.current.scrollLeft = chosen.offsetLeft - strip.current.clientWidth / 2;
    }
  }, [document.image.id]);
  const gallery = [...own, ...samples.filter((image) => fits(image, model)), ...folder];
  const shown = all ? gallery : gallery.slice(0, FIRST);
  const entrance = shown.find(({ id }) => id === document.image.id) ?? shown[0];
  return (
    <section class="chooser" aria-labelledby="image-title">
      <h2 id="image-title">Image</h2>
      <ul class="gallery" ref={strip} onKeyDown={walk}>
        {shown.map((image) => (
          <li key={image.id}>
            <Thumbnail image={image} chosen={image.id === document.image.id} reached={image === entrance} />
          </li>
        ))}
      </ul>
      <Toolbar label="Other images" class="ways">
        {drawable && (
          <button type="button" class={`button ${model?.drawable ? "main" : ""}`} title={model?.drawable ? undefined : `For the network ${drawable.title}`} onClick={() => setWay("draw")}>
            <Icon name="pencil" /> Draw
          </button>
        )}
        <label class="button">
          <Icon name="upload" /> Upload
          <input
            type="file"
            class="unseen"
            accept="image/*,.npy"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              if (file) void uploadImage(file, file.name);
              event.currentTarget.value = "";
            }}
          />
        </label>
        <button type="button" class="button" onClick={() => setWay("camera")}>
          <Icon name="camera" /> Camera
        </button>
        <button type="button" class="button" onClick={() => setWay("crop")}>
          <Icon name="crop" /> Crop
        </button>
        {gallery.length > FIRST && (
          <button type="button" class="button" onClick={() => setAll(!all)}>
            {all ? "Fewer" : `All ${gallery.length}`}
          </button>
        )}
      </Toolbar>
      <p class="hint tiny muted">Or drop a file anywhere, or paste one.</p>
      {way === "draw" && drawable && <Later load={drawPad} with={{ model: drawable, onClose: () => setWay(null) }} />}
      {way === "camera" && <Camera onClose={() => setWay(null)} />}
      {way === "crop" && <Later load={cropper} with={{ onClose: () => setWay(null) }} />}
    </section>
  );
}

/** Arrow keys, Home and End walk the images: the gallery is one stop of the Tab key. */
function walk(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const all = [...event.currentTarget.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    all[Math.max(0, Math.min(all.length - 1, to))]?.focus();
  }
}

function Thumbnail({ image, chosen, reached }: { image: ImageInfo; chosen: boolean; reached: boolean }) {
  const small = (image.width ?? 999) <= 64;
  return (
    <button type="button" class="thumbnail" tabIndex={reached ? 0 : -1} aria-pressed={chosen} title={image.name} onClick={() => chooseImage(image)}>
      <img src={`api/images/${encodeURIComponent(image.id)}/thumbnail`} alt={image.name} loading="lazy" class={small ? "pixels" : ""} />
    </button>
  );
}

/** Files may be dropped anywhere on the page, and pasted. */
function watchPasteAndDrop(): () => void {
  const take = (files: FileList | undefined): boolean => {
    const [file] = files ?? [];
    if (file) void uploadImage(file, file.name || "pasted image");
    return file !== undefined;
  };
  const onPaste = (event: ClipboardEvent) => {
    if (take(event.clipboardData?.files)) event.preventDefault();
  };
  const onDrag = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes("Files")) {
      event.preventDefault();
      document.documentElement.classList.add("dropping");
    }
  };
  const onLeave = (event: DragEvent) => {
    if (!event.relatedTarget) document.documentElement.classList.remove("dropping");
  };
  const onDrop = (event: DragEvent) => {
    document.documentElement.classList.remove("dropping");
    if (take(event.dataTransfer?.files)) event.preventDefault();
  };
  addEventListener("paste", onPaste);
  addEventListener("dragover", onDrag);
  addEventListener("dragleave", onLeave);
  addEventListener("drop", onDrop);
  return () => {
    removeEventListener("paste", onPaste);
    removeEventListener("dragover", onDrag);
    removeEventListener("dragleave", onLeave);
    removeEventListener("drop", onDrop);
  };
}
