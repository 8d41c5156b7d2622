// A request or a card goes on paper: the trail is told as the print begins.
import { post } from "../../ui/js/page.js";

addEventListener("beforeprint", () => {
  const place = document.querySelector("[data-printed]");
  if (place) post(place.dataset.printed, null, { keepalive: true }).catch(() => null);
});
