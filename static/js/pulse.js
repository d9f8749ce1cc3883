// One heartbeat a page: fires "pulse" on #pulse every 15 s while the page is seen, 3 s while work runs, 60 s after errors.
(() => {
  let timer, errors = 0;
  // Nothing moves under a pointer, a focus, a selection or an open form
  const still = () =>
    document.querySelector("[data-sheet], #claims:hover, #claims :focus") || !getSelection().isCollapsed;
  const beat = () => {
    clearTimeout(timer);
    const pulse = document.getElementById("pulse");
    if (!pulse) return;
    if (still()) pulse.setAttribute("hx-vals", '{"still":"1"}');
    else pulse.removeAttribute("hx-vals");
    if (!document.hidden) pulse.dispatchEvent(new Event("pulse"));
    timer = setTimeout(beat, errors > 2 ? 60000 : pulse.dataset.busy ? 3000 : 15000);
  };
  document.addEventListener("visibilitychange", () => document.hidden || beat());
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    if (ctx.sourceElement.id === "pulse") errors = ctx.response.status < 400 ? 0 : errors + 1;
  });
  document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
    if (ctx?.sourceElement?.id === "pulse") errors++;
  });
  const pulse = document.getElementById("pulse");
  if (pulse) timer = setTimeout(beat, pulse.dataset.busy ? 3000 : 15000);
})();
