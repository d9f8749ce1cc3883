// Small glue. Everything here is an extra: each page works without it.
(() => {
  // Not a tick later: a key pressed before would leave the page (so too defaultSettleDelay)
  window.htmx?.process(document.body);
  const $ = (s, of = document) => of.querySelector(s);

  document.addEventListener("click", (e) => {
    const opener = e.target.closest("[data-dialog]");
    if (opener) {
      e.preventDefault();
      $("#" + opener.dataset.dialog).showModal();
    }
    e.target.closest("[data-close]")?.closest("[data-toast], [data-problem], [data-sheet]")?.remove();
    document.querySelectorAll("details.menu[open]").forEach((m) => m.contains(e.target) || (m.open = false));
    const mark = e.target.closest(".hl[data-claim]");
    if (mark && !e.target.closest("a") && getSelection().isCollapsed) location.hash = "c" + mark.dataset.claim;
  });
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;
    const menu = $("details.menu[open]");
    if (menu) {
      menu.open = false;
      $("summary", menu).focus();
    }
  });

  // The theme changes at once; the form sets the cookie that the server reads
  document.addEventListener("click", (e) => {
    const choice = e.target.closest("[data-theme-choice]");
    if (!choice) return;
    e.preventDefault();
    const { form, value } = choice;
    if (value === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
    form.querySelectorAll("[data-theme-choice]").forEach((b) => b.setAttribute("aria-pressed", b === choice));
    const body = new FormData(form);
    body.append("theme", value);
    fetch(form.action, { method: "POST", body, redirect: "manual" });
  });

  // Signed in anew in another tab: forms here take the new token
  const renew = () => {
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
    if (!token) return;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => (field.value = token));
    document.body.setAttribute("hx-headers:inherited", JSON.stringify({ "X-CSRFToken": token }));
  };
  addEventListener("focus", renew);
  document.addEventListener("visibilitychange", renew);
  document.addEventListener("submit", renew, true);

  // Toasts leave after 10 s, not while pointed at or focused
  const leave = (toast) => setTimeout(() => (toast.matches(":hover, :focus-within") ? leave(toast) : toast.remove()), 10000);
  document.querySelectorAll("[data-toast]").forEach(leave);

  // Counters: 85 / 140
  const count = (out) => {
    const box = document.getElementById(out.dataset.count);
    const show = () => (out.textContent = `${[...box.value].length} / ${out.dataset.most}`);
    if (box && !out.dataset.on) {
      out.dataset.on = 1;
      box.addEventListener("input", show);
      show();
    }
  };

  const ready = () => document.querySelectorAll("[data-count]").forEach(count);
  ready();

  // After a swap, focus goes to what asks for it
  document.addEventListener("htmx:after:swap", () => {
    ready();
    const wanted = $("[data-focus]:not([data-focused])");
    if (wanted) {
      wanted.dataset.focused = 1;
      wanted.focus();
    }
    document.querySelectorAll("[data-toast]:not([data-on])").forEach((t) => ((t.dataset.on = 1), leave(t)));
  });

  // What failed, what is safe, what to do
  const alertBox = $("#alerts");
  const say = (text, again) => {
    const note = document.createElement("div");
    note.className = "note bad";
    note.dataset.problem = "";
    note.innerHTML = "<div><p></p></div><span class=acts><button class=btn type=button data-again>Try again</button><button class=btn type=button data-close>Close</button></span>";
    $("p", note).textContent = text;
    $("[data-again]", note).onclick = () => {
      note.remove();
      renew();
      again();
    };
    alertBox.replaceChildren(note);
  };
  window.deskSay = say;
  const retry = (ctx) => () => (ctx.sourceElement.requestSubmit ? ctx.sourceElement.requestSubmit() : ctx.sourceElement.click());
  const FAILED = "The desk could not do that just now. Your text is still here.";
  const SIGNED_OUT = "You were signed out. Sign in in a new tab, then press Try again. Your text is still here.";
  // A whole page is no fragment: the session ended, or something stands in between
  document.addEventListener("htmx:after:request", (e) => {
    const { ctx } = e.detail;
    if (ctx.response.status < 400 || !/^\s*<!doctype/i.test(ctx.text)) return;
    e.preventDefault();
    if (ctx.sourceElement.id !== "pulse") say(ctx.response.status === 403 ? SIGNED_OUT : FAILED, retry(ctx));
  });
  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    const { status } = ctx.response;
    if (ctx.sourceElement.id === "pulse" || [403, 404, 409, 422].includes(status)) return;
    if (status === 401) say(SIGNED_OUT, retry(ctx));
    else say(FAILED, retry(ctx));
  });
  document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
    if (ctx?.sourceElement && ctx.sourceElement.id !== "pulse") say("No connection. Your text is still here.", retry(ctx));
  });
})();
