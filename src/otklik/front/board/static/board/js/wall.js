// A board on the wall: drawn anew by itself without blinking, page after page, and honest when the connection is lost.

const EACH = 60_000;
const GATHER = 15_000;
const TURN = 20_000;
const OLD = 150_000;
const wall = document.querySelector("[data-wall]");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const stacked = matchMedia("(max-width: 860px), (max-aspect-ratio: 1/1)");
const halt = wall.querySelector("[data-halt]");
let place = 0;
let gathering = null;
let drawnAt = Date.now();

const pages = () => [...wall.querySelectorAll(".wallpage")];

for (const kind of ["ticket", "connected"]) document.body.addEventListener(`live:${kind}`, soon);
document.addEventListener("visibilitychange", () => document.hidden || draw());
addEventListener("online", draw);
addEventListener("offline", () => lost(true));
stacked.addEventListener("change", show);
setInterval(draw, EACH);
setInterval(turn, TURN);
setInterval(() => Date.now() - drawnAt > OLD && lost(true), 5000);
calm.addEventListener("change", hold);
hold();
show();

// A storm of news is one drawing.
function soon() {
  gathering ??= setTimeout(draw, GATHER);
}

async function draw() {
  clearTimeout(gathering);
  gathering = null;
  try {
    const answer = await fetch(wall.dataset.wall, {
      headers: { "HX-Request": "true" },
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(30_000),
    });
    if (!answer.ok || answer.redirected) throw new Error(`wall ${answer.status}`);
    const fresh = document.createRange().createContextualFragment(await answer.text()).getElementById("wall");
    if (!fresh) throw new Error("no wall");
    document.getElementById("wall").replaceWith(fresh);
    drawnAt = Date.now();
    lost(false);
    show();
  } catch {
    lost(true);
  }
}

function lost(is) {
  wall.toggleAttribute("data-lost", is);
}

function show() {
  const all = pages();
  place = Math.min(place, Math.max(0, all.length - 1));
  all.forEach((page, number) => (page.hidden = number !== place && !stacked.matches));
  for (const button of wall.querySelectorAll("[data-turn], [data-halt]")) button.hidden = all.length < 2 || stacked.matches;
  const said = wall.querySelector("[data-place]");
  if (said) said.textContent = stacked.matches ? "" : `${place + 1} / ${all.length}`;
}

function turn() {
  if (halt.getAttribute("aria-pressed") === "false") step(1);
}

function step(by) {
  const count = pages().length;
  if (count) place = (place + by + count) % count;
  show();
}

// Who wants no motion turns the pages by hand.
function hold() {
  if (calm.matches) halt.setAttribute("aria-pressed", "true");
}

wall.addEventListener("click", (event) => {
  const button = event.target.closest("[data-turn]");
  if (button) step(Number(button.dataset.turn));
  if (event.target.closest("[data-halt]")) {
    halt.setAttribute("aria-pressed", halt.getAttribute("aria-pressed") === "false");
  }
});
