// The choice of an incident: what is typed leaves those that fit, and the first of them is meant.
document.addEventListener("input", (event) => {
  const list = event.target.dataset?.filter && document.querySelector(event.target.dataset.filter);
  if (!list) return;
  const words = event.target.value.trim().toLowerCase();
  const choices = [...list.querySelectorAll(".choice")];
  for (const one of choices) one.hidden = !fits(one, words);
  const meant = choices.find((one) => !one.hidden);
  const chosen = list.querySelector("input:checked");
  if (meant && chosen?.closest(".choice").hidden) meant.querySelector("input").checked = true;
});

// A new one can always be described.
const fits = (choice, words) => choice.querySelector("[value=new]") || choice.textContent.toLowerCase().includes(words);
