// What was asked for one request is never drawn into the next: answers come late, and the hand has gone on.
import { announce } from "../../ui/js/page.js";
import { pane } from "./queue-page.js";

const askedFor = new WeakMap();
let opening = null;

const within = (ctx, place) => place.contains(ctx.sourceElement) || place.contains(ctx.target);
const same = ({ place, number }) => place === pane() && number === place.dataset.ticket;

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const place = pane();
  if (!place) return;
  if (ctx.target === place) opening = ctx;
  if (ctx.target === place || within(ctx, place)) askedFor.set(ctx, { place, number: place.dataset.ticket });
});

// Of two requests that are being opened the last one is meant; of one that was left nothing is wanted any more.
document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  const asked = askedFor.get(ctx);
  if (asked && (ctx.target === asked.place ? ctx !== opening : !same(asked))) event.preventDefault();
});

// The focus stays in the list; who does not see the conversation beside it is told which one it is.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const talk = ctx === opening && pane()?.querySelector("#talk");
  if (talk) announce(`${talk.getAttribute("aria-label")}: ${talk.querySelector("#head-words h2").textContent}`);
});
