// Lists of rows: what is selected with X, and keys that are typed ahead.
(() => {
  const bar = document.querySelector("[data-bulk]");
  if (!bar) return;
  const selected = () => {
    const n = document.querySelectorAll("[data-pick]:checked").length;
    bar.hidden = n < +(bar.dataset.bulk || 1);
    bar.querySelector("[data-bulk-count]").textContent = n;
  };
  selected();
  document.addEventListener("change", (e) => e.target.matches("[data-pick]") && selected());
  document.addEventListener("htmx:after:swap", selected);
})();

// Keys that come while a row's form is on its way wait for it, so that D 1 Enter may be typed at any speed.
(() => {
  let asked, timer, keys = [];
  const go = () => {
    clearTimeout(timer);
    asked = null;
    for (const key of keys.splice(0)) {
      const el = document.activeElement;
      if (key.key === "Enter" && el.form) el.form.requestSubmit();
      else el.dispatchEvent(new KeyboardEvent("keydown", key));
    }
  };
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (!ctx.sourceElement.matches("[data-row] [hx-get]")) return;
    asked = ctx.sourceElement;
    clearTimeout(timer);
    timer = setTimeout(go, 5000); // no answer in this time: the keys mean what they mean without a form
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => ctx.sourceElement === asked && go());
  const waits = (e) => {
    if (!asked || e.ctrlKey || e.metaKey || e.altKey || (e.key.length > 1 && e.key !== "Enter")) return;
    if (e.target.closest("textarea, select, input:not([type=checkbox], [type=radio])")) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    keys.push({ key: e.key, code: e.code, bubbles: true, cancelable: true });
  };
  document.addEventListener("keydown", waits, true);
})();
