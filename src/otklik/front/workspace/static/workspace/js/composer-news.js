// Somebody wrote while a reply is being typed: it is said at the send button, nothing moves under the hands.
import { announce } from "../../ui/js/page.js";
import { redraw, untouched } from "./composer-draft.js";
import { composer, notice, show, textOf } from "./composer-form.js";

document.body.addEventListener("live:ticket", ({ detail }) => {
  const form = composer();
  if (form && String(detail.id) === form.dataset.number) ask(form);
});
document.body.addEventListener("live:connected", () => composer() && ask(composer()));

async function ask(form) {
  const asked = new URLSearchParams({ seen: form.elements.seen.value, base: form.elements.base.value });
  const answer = await fetch(`${form.dataset.newer}?${asked}`).catch(() => null);
  if (!answer?.ok || !form.isConnected) return;
  const news = await answer.json();
  // A text of one's own came back, as a refusal that needs no decision any more: nothing typed is in its way.
  if (news.draft && form.elements.base.value === asked.get("base") && untouched(form)) return redraw(form, "reply");
  if (!news.count) return;
  // Nothing is begun: what stands on the screen counts as seen.
  if (!textOf(form, "reply").value.trim()) return take(form, news.last);
  const place = notice(form, "news");
  place.querySelector("[data-news-words]").textContent = news.words;
  Object.assign(place.dataset, { first: news.first, last: news.last });
  if (place.hidden) announce(news.words);
  show(form, "news");
}

function take(form, last) {
  form.elements.seen.value = last;
  show(form, "news", false);
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("#composer [data-read-news]")) return;
  const form = composer();
  const { first, last } = notice(form, "news").dataset;
  document.getElementById(`m${first}`)?.scrollIntoView({ block: "start" });
  take(form, last);
  textOf(form, "reply").focus({ preventScroll: true });
});
