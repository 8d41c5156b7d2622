// Which act that has a key is pressed by a pointer most often: counted in this browser alone and told to nobody; the
// page with [data-keyhint] says it in the week after.
import { data } from "./page.js";
import { captionOf } from "./keysheet.js";

const PLACE = "otklik:pressed";
const OFTEN = 5;
const DAY = 86_400_000;

/** Number of the week: days are counted since a Thursday, weeks begin with Monday. */
const week = () => Math.floor((Date.now() / DAY + 3) / 7);

function kept() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? {};
  } catch {
    return {};
  }
}

// A new week begins with nothing and remembers the one before.
function current() {
  const found = kept();
  if (found.week === week()) return found;
  return { week: week(), counts: {}, before: found.week === week() - 1 ? found.counts : {} };
}

function count({ target, detail, isTrusted }) {
  const action = target.closest?.("[data-key]")?.dataset.key.split(" ")[0];
  if (!action || !detail || !isTrusted || !captionOf(action)) return;
  const found = current();
  found.counts[action] = (found.counts[action] ?? 0) + 1;
  try {
    localStorage.setItem(PLACE, JSON.stringify(found));
  } catch {
    // no room, or not allowed: then there is no hint
  }
}

function tell(place) {
  const [action, times] = Object.entries(current().before ?? {}).sort(([, one], [, other]) => other - one)[0] ?? ["", 0];
  const label = data.keys.find(([name]) => name === action)?.[2];
  if (!label || times < OFTEN) return;
  place.querySelector("[data-act]").textContent = label;
  place.querySelector("[data-times]").textContent = times;
  place.querySelector("kbd").textContent = captionOf(action);
  place.hidden = false;
}

document.addEventListener("click", count, true);
const place = document.querySelector("[data-keyhint]");
if (place && document.documentElement.dataset.keys !== "off") tell(place);
