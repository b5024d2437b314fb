import { useEffect, useRef, useState } from "preact/hooks";
import { Note } from "../parts/Note.js";
import { Sheet } from "../parts/Sheet.js";
import { uploadImage } from "./choose.js";

/** An image from the camera; nothing leaves the machine but what is taken. */
export function Camera({ onClose }: { onClose: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState("");
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let stream: MediaStream | null = null;
    let open = true;
    const start = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 } } });
        if (open && video.current) {
          video.current.srcObject = stream;
          await video.current.play();
          setReady(true);
        } else {
          stop(stream);
        }
      } catch {
        setProblem("There is no camera, or it may not be used. Browsers allow it on this machine or over HTTPS only.");
      }
    };
    void start();
    return () => {
      open = false;
      stop(stream);
    };
  }, []);
  const take = () => {
    const source = video.current;
    if (!source) {
      return;
    }
    const canvas = document.createElement("canvas");
    canvas.width = source.videoWidth;
    canvas.height = source.videoHeight;
    canvas.getContext("2d")?.drawImage(source, 0, 0);
    canvas.toBlob((blob) => {
      if (blob) void uploadImage(blob, "camera.png");
      onClose();
    }, "image/png");
  };
  return (
    <Sheet title="Take a photo" onClose={onClose}>
      {problem ? <Note strong>{problem}</Note> : <video ref={video} class="camera" playsInline muted aria-label="What the camera sees" />}
      <div class="row apart">
        <span class="muted small">The image goes to this lab only.</span>
        <button type="button" class="button main" disabled={!ready} onClick={take}>
          Take it
        </button>
      </div>
    </Sheet>
  );
}

function stop(stream: MediaStream | null): void {
  stream?.getTracks().forEach((track) => track.stop());
}
