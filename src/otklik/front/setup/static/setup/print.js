// The sheet of a survey: its button asks the browser to print.
document.querySelector("[data-print]").addEventListener("click", () => print());
