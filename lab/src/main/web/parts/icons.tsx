const PATHS = {
  sun: "M12 7.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9ZM12 2v2.500M12 19.500V22M2 12h2.500M19.500 12H22M4.900 4.900l1.800 1.800M17.300 17.300l1.800 1.800M4.900 19.100l1.800-1.800M17.300 6.700l1.800-1.800",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500Z",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6 6 18",
  pencil: "M4 20l1-4L16 5l3 3L8 19l-4 1ZM14 7l3 3",
  upload: "M12 16V4M7 9l5-5 5 5M4 16v4h16v-4",
  camera: "M4 8h3.500L9 5.500h6L16.500 8H20v11H4V8ZM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7Z",
  crop: "M7 2v15h15M2 7h15v15",
  link: "M9.500 14.500l5-5M11 6.500l1.500-1.500a4.200 4.200 0 0 1 6 6L17 12.500M13 17.500 11.500 19a4.200 4.200 0 0 1-6-6L7 11.500",
  save: "M12 4v11M7 11l5 5 5-5M4 20h16",
  question: "M9 9a3 3 0 1 1 4.200 2.700c-.8.400-1.200 1-1.200 1.800v.5M12 17.500v.1M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20Z",
  play: "M7 4.500v15l12-7.500-12-7.500Z",
  pause: "M8 5v14M16 5v14",
  hint: "M12 2.500a6.500 6.500 0 0 0-3.500 12V17h7v-2.500a6.500 6.500 0 0 0-3.500-12ZM9 20.500h6",
  check: "M5 12.500l4.500 4.500L19 7.500",
  dice: "M4 4h16v16H4V4ZM8.500 8.500v.1M15.500 15.500v.1M12 12v.1M15.500 8.500v.1M8.500 15.500v.1",
};

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.800" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
