// "Use this suggestion" fills what is empty in the verdict form; without a script the server fills the draft.
document.addEventListener("submit", (e) => {
  const { rating, rationale } = e.target.dataset;
  const form = document.getElementById("verdict");
  if (!("use" in e.target.dataset) || !form) return;
  e.preventDefault();
  const why = form.elements.rationale;
  if (![...form.elements].some((el) => el.name === "rating" && el.checked)) {
    const choice = form.querySelector(`[name=rating][value="${CSS.escape(rating)}"]`);
    if (choice) choice.checked = true;
  }
  if (!why.value.trim()) why.value = rationale;
  why.dispatchEvent(new Event("input", { bubbles: true }));
  why.dispatchEvent(new Event("change", { bubbles: true }));
  why.focus();
});
// A link with data-open opens the fold that it leads to.
document.addEventListener("click", (e) => {
  const link = e.target.closest("[data-open]");
  if (link) document.getElementById(link.dataset.open).open = true;
});
// Words selected in a copy of a source go to the box that quotes them.
document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  const from = chosen.anchorNode;
  const copy = (from?.closest ? from : from?.parentElement)?.closest("[data-quotable]");
  const words = chosen.toString().trim();
  if (copy && words) document.getElementById(copy.dataset.quotable).value = words;
});
