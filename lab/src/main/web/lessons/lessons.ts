import type { LessonName } from "../state/document.js";
import { fgsm } from "./fgsm.js";
import { heatMaps } from "./heatMaps.js";
import type { Lesson } from "./lesson.js";
import { masking } from "./masking.js";
import { smallest } from "./smallest.js";
import { transfer } from "./transfer.js";

export const lessons: Record<LessonName, Lesson> = { fgsm, transfer, masking, "heat-maps": heatMaps, smallest };
