// How long something has lasted, by the server's clock: the page says what that showed when it was made.

const HOUR = 3600;
const two = (number) => String(number).padStart(2, "0");

function lasted(seconds) {
  const minutes = `${two(Math.floor((seconds % HOUR) / 60))}.${two(seconds % 60)}`;
  return seconds < HOUR ? minutes : `${Math.floor(seconds / HOUR)}.${minutes}`;
}

const clocks = [...document.querySelectorAll("[data-clock][data-since]")];

// A clock that ran on by itself is not read aloud every second.
for (const clock of clocks) clock.setAttribute("aria-live", "off");

const ahead = (clock) => (clock.dataset.now ? Date.now() - Date.parse(clock.dataset.now) : 0);
const offsets = new Map(clocks.map((clock) => [clock, ahead(clock)]));

function tick() {
  for (const clock of clocks) {
    const seconds = Math.floor((Date.now() - offsets.get(clock) - Date.parse(clock.dataset.since)) / 1000);
    const text = lasted(Math.max(0, seconds));
    if (clock.textContent !== text) clock.textContent = text;
  }
}

tick();
if (clocks.length) setInterval(tick, 1000);
