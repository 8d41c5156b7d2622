// Clocks run in the page from the server's deadlines and the server's time; the figure is silent for screen readers.
import { data, root, words } from "./page.js";

const [SECONDS, MINUTES, HOURS, DAYS] = data.units;
const NBSP = "\u00a0";
const NORMAL = 15_000;
const FAST = 1000;

// Our clock may be wrong: the difference to the server's at the moment its answer began.
const answered = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.responseStart ?? 0);
const offset = root.dataset.now ? Number(root.dataset.now) * 1000 - answered : 0;
export const serverNow = () => Date.now() + (Math.abs(offset) > 2000 ? offset : 0);

/** 40 с, 6 мин, 1 ч 05 мин, 3 дн. 4 ч: the same words as core/ui/words.py. */
export function span(seconds) {
  const whole = Math.floor(Math.abs(seconds));
  const say = (...parts) => parts.filter((part) => part !== "").join(NBSP);
  if (whole < 60) return say(whole, SECONDS);
  if (whole < 3600) return say(Math.floor(whole / 60), MINUTES);
  if (whole < 86400) {
    const minutes = Math.floor((whole % 3600) / 60);
    return say(Math.floor(whole / 3600), HOURS, ...(minutes ? [String(minutes).padStart(2, "0"), MINUTES] : []));
  }
  const hours = Math.floor((whole % 86400) / 3600);
  return say(Math.floor(whole / 86400), DAYS, ...(hours && whole < 604800 ? [hours, HOURS] : []));
}

export const left = (seconds) => (seconds >= 0 ? span(seconds) : `−${span(seconds)}`);

let next = null;

function tick() {
  const now = serverNow() / 1000;
  let fast = false;
  for (const chip of document.querySelectorAll("[data-due]")) {
    const rest = Number(chip.dataset.due) - now;
    if (Math.abs(rest) < 60) fast = true;
    if (chip.classList.contains("vowchip")) promise(chip, rest);
    else clock(chip, rest, now);
  }
  clearTimeout(next);
  next = setTimeout(tick, fast && !document.hidden ? FAST : NORMAL);
}

function clock(chip, rest, now) {
  const state = rest <= 0 ? "breach" : now >= Number(chip.dataset.soon) ? "soon" : "calm";
  if (chip.dataset.s !== state) {
    chip.dataset.s = state;
    chip.dispatchEvent(new CustomEvent("clock:state", { bubbles: true, detail: { state } }));
  }
  put(chip.querySelector("[data-left]"), left(rest));
  if (state === "breach") put(chip.querySelector(".sr"), `${words.late} `);
  const ring = chip.querySelector(".left");
  if (ring && chip.dataset.start) {
    const whole = Number(chip.dataset.due) - Number(chip.dataset.start);
    ring.setAttribute("stroke-dasharray", `${Math.max(0, Math.min(100, Math.round((rest / whole) * 100)))} 100`);
  }
}

function promise(chip, rest) {
  if (rest <= 0) chip.dataset.s = "late";
}

const put = (element, text) => {
  if (element && element.textContent !== text) element.textContent = text;
};

document.addEventListener("visibilitychange", () => document.hidden || tick());
tick();
