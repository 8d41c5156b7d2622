// A heartbeat every 15 s while the page is looked at: what I do goes out, who else is here comes back.
import { post } from "../../ui/js/page.js";
import { composer } from "./composer-form.js";
import { isPeeked } from "./queue-page.js";

const BEAT = 15_000;
const TYPES = 20_000;
let doing = "reads";
let typed = 0;
let timer = null;

const address = () => composer()?.dataset.beat ?? document.querySelector("[data-beat]")?.dataset.beat;

async function beat() {
  clearTimeout(timer);
  timer = setTimeout(beat, BEAT);
  if (document.hidden || isPeeked() || !address()) return;
  if (Date.now() - typed > TYPES) doing = "reads";
  const [from, asked] = [address(), performance.now()];
  draw(await post(from, new URLSearchParams({ doing })).catch(() => null), from, asked);
}

// Who is at the request that was open when it was asked; it may have been left meanwhile.
async function draw(answer, from, asked) {
  const place = document.getElementById("presence");
  if (!answer?.ok || !place || from !== address()) return;
  document.dispatchEvent(new CustomEvent("presence:told", { detail: { asked } }));
  const box = document.createElement("template");
  box.innerHTML = await answer.text();
  const fresh = box.content.firstElementChild;
  if (!fresh || fresh.isEqualNode(place)) return;
  const warning = composer()?.querySelector("[data-writers]:not(#presence)");
  if (warning) warning.textContent = fresh.dataset.writers;
  place.replaceWith(fresh);
}

document.addEventListener("input", (event) => {
  if (!event.target.matches?.("#composer textarea")) return;
  const now = event.target.closest("[data-mode=note]") ? "notes" : "writes";
  typed = Date.now();
  if (now !== doing) {
    doing = now;
    beat();
  }
});

document.addEventListener("composer:sent", () => {
  doing = "reads";
  beat();
});
document.body.addEventListener("live:presence", async ({ detail }) => {
  const mine = composer()?.dataset.number;
  const [from, asked] = [address(), performance.now()];
  if (from && (!mine || String(detail.id) === mine)) draw(await fetch(from).catch(() => null), from, asked);
});
document.addEventListener("peek:ends", () => beat());
document.addEventListener("visibilitychange", () => !document.hidden && beat());
addEventListener("pagehide", () => address() && !isPeeked() && post(address(), new URLSearchParams({ doing: "leaves" }), { keepalive: true }).catch(() => {}));
beat();
