// How long something has lasted.

const HOUR = 3600;
const two = (number) => String(number).padStart(2, "0");

// As the page writes it: what stands between minutes and seconds is its own.
function lasted(seconds, mark) {
  const minutes = `${two(Math.floor((seconds % HOUR) / 60))}${mark}${two(seconds % 60)}`;
  return seconds < HOUR ? minutes : `${Math.floor(seconds / HOUR)}${mark}${minutes}`;
}

// A clock that runs on by itself is not read aloud every second.
export function start(clock) {
  clock.setAttribute("aria-live", "off");
  const mark = document.documentElement.lang === "en" ? ":" : ".";
  const since = Date.parse(clock.dataset.since);
  const tick = () => {
    const text = lasted(Math.max(0, Math.floor((Date.now() - since) / 1000)), mark);
    if (clock.textContent !== text) clock.textContent = text;
  };
  tick();
  setInterval(tick, 1000);
}

for (const clock of document.querySelectorAll("[data-clock][data-since]")) if (clock.dataset.since) start(clock);
