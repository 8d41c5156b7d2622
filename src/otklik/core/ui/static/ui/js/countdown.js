// An act that can still be taken back: [data-countdown="15"] shows the seconds left in [data-count] and a ring.
// At zero it fires countdown:end (for hx-trigger) and the server, which counts by itself, has done the act.

const running = new WeakSet();

function start(bar) {
  if (running.has(bar)) return;
  running.add(bar);
  const whole = Number(bar.dataset.countdown);
  const end = performance.now() + (Number(bar.dataset.countdownLeft ?? whole) || 0) * 1000;
  const timer = setInterval(step, 250);
  step();

  function step() {
    const left = Math.max(0, (end - performance.now()) / 1000);
    if (!bar.isConnected) return clearInterval(timer);
    const count = bar.querySelector("[data-count]");
    if (count) count.textContent = Math.ceil(left);
    bar.querySelector(".left")?.setAttribute("stroke-dasharray", `${Math.round((left / whole) * 100)} 100`);
    if (left > 0) return;
    clearInterval(timer);
    bar.dispatchEvent(new CustomEvent("countdown:end", { bubbles: true }));
  }
}

const find = () => document.querySelectorAll("[data-countdown]").forEach(start);
document.addEventListener("htmx:after:swap", find);
document.addEventListener("htmx:after:settle", find);
find();
