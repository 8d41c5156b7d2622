// The panes of the desk: how wide the list is, what its rows show, whether the client's card is folded.  All of it
// follows the person.
import { announce, door, post, root } from "../../ui/js/page.js";

const [NARROWEST, WIDEST] = [18, 32];
const QUIET = 400;
const threePanes = matchMedia("(min-width: 1241px)");
const splitter = document.getElementById("splitter");
let keeping = null;
let chosen = {};

const rem = () => parseFloat(getComputedStyle(root).fontSize);
const shownWidth = () => Math.round(document.getElementById("queue").offsetWidth / rem());
const bounded = (width) => Math.min(WIDEST, Math.max(NARROWEST, width));

function keep(choice) {
  clearTimeout(keeping);
  Object.assign(chosen, choice);
  keeping = setTimeout(send, QUIET);
}

function send() {
  post(door("preferences"), new URLSearchParams(chosen), { keepalive: true }).catch(() => {});
  chosen = {};
}

// Without a width it is as designed.
function widen(width) {
  root.style.removeProperty("--list");
  if (width) root.dataset.list = String(width);
  else delete root.dataset.list;
  splitter.setAttribute("aria-valuenow", width || shownWidth());
  keep({ list_width: width || "" });
}

function drag(event) {
  if (event.button !== 0) return;
  event.preventDefault();
  splitter.setPointerCapture(event.pointerId);
  splitter.toggleAttribute("data-dragged", true);
  const start = document.getElementById("queue").getBoundingClientRect().left;
  const began = event.clientX;
  const at = ({ clientX }) => bounded((clientX - start) / rem());
  const follow = (moved) => root.style.setProperty("--list", `${at(moved)}rem`);
  splitter.addEventListener("pointermove", follow);
  splitter.addEventListener("lostpointercapture", (ended) => {
    splitter.removeEventListener("pointermove", follow);
    splitter.removeAttribute("data-dragged");
    if (Math.abs(ended.clientX - began) > 2) widen(Math.round(at(ended)));
  }, { once: true });
}

function step(event) {
  const now = Number(root.dataset.list ?? shownWidth());
  const to = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: NARROWEST, End: WIDEST }[event.key];
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  widen(bounded(to));
}

splitter?.addEventListener("pointerdown", drag);
splitter?.addEventListener("dblclick", () => widen(null));
splitter?.addEventListener("keydown", step);

// Beside the conversation the card is folded; where it slides over, the address opens and closes it.
function fold() {
  const folded = root.dataset.card !== "folded";
  if (folded) root.dataset.card = "folded";
  else delete root.dataset.card;
  keep({ card_folded: folded ? "on" : "" });
  const { folded: closed, unfolded } = document.querySelector(".card-door").dataset;
  announce(folded ? closed : unfolded);
  tell();
}

function tell() {
  const open = threePanes.matches ? root.dataset.card !== "folded" : location.hash === "#card";
  document.querySelector(".card-door")?.setAttribute("aria-expanded", open);
}

document.addEventListener("click", (event) => {
  if (!event.target.closest(".card-door")) return;
  if (threePanes.matches) {
    event.preventDefault();
    fold();
  } else if (location.hash === "#card") {
    event.preventDefault();
    location.hash = "#talk";
  }
});

// What a row of the list does without.
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-row-part]")) return;
  const without = [...document.querySelectorAll("[data-row-part]:not(:checked)")].map((box) => box.dataset.rowPart).join(" ");
  if (without) root.dataset.without = without;
  else delete root.dataset.without;
  keep({ row_without: without });
});

// A key of what stands in the card works while the card is folded: it comes into sight.
document.addEventListener("key:hidden", (event) => {
  if (!event.target.closest("#card")) return;
  if (!threePanes.matches) location.hash = "#card";
  else if (root.dataset.card === "folded") fold();
  else return;
  event.preventDefault();
});

// The tab of the card that was opened last is open at the next request, too.
document.addEventListener("click", (event) => {
  const tab = event.target.closest("[data-card-tab]");
  if (tab && !event.ctrlKey && !event.metaKey) post(door("preferences"), new URLSearchParams({ card_tab: tab.dataset.cardTab })).catch(() => {});
});

// A block that the layout folds stays open for whoever opens it; pressed by keys it is clicked, too.
document.addEventListener("click", (event) => {
  const block = event.target.closest("[data-block] > summary")?.parentElement;
  if (!block) return;
  const press = block.open ? "block_folded" : "block_opened";
  post(door("preferences"), new URLSearchParams({ [press]: block.dataset.block })).catch(() => {});
});

document.addEventListener("htmx:after:swap", tell);
threePanes.addEventListener("change", tell);
addEventListener("hashchange", tell);
tell();
