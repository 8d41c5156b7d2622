// The title of the tab carries what waits for this person: the requests of their own queue in which the move is ours.
import { queue } from "./queue-page.js";

const COUNT = /^\(\d+\+?\) /;

// The open queue counts live; beside another list, or without one, the menu says how many there were.
function waiting() {
  const own = queue()?.dataset.queue === "mine" && document.querySelector("#segments .n");
  return (own || document.querySelector("[data-nav=queue] .n"))?.textContent.trim() ?? "";
}

function retitle() {
  const count = waiting();
  const name = document.title.replace(COUNT, "");
  const title = /^[1-9]/.test(count) ? `(${count}) ${name}` : name;
  if (title !== document.title) document.title = title;
}

document.addEventListener("htmx:after:swap", retitle);
document.addEventListener("htmx:finally:request", retitle);
document.addEventListener("menu:counted", retitle);
new MutationObserver(retitle).observe(document.querySelector("title"), { childList: true });
retitle();
